package dcluster.app.command;

import picocli.CommandLine.Command;

@Command(name = "bench", description = "Measure algorithms, and set what is measured beside what is predicted.")
final class BenchCommand {}
