package dcluster.app.command;

import picocli.CommandLine.Command;

@Command(name = "bench", description = "Measure algorithms, and what crashes do to them.")
final class BenchCommand {}
