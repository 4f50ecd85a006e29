package dcluster.app.command;

import picocli.CommandLine.Command;

@Command(name = "bench", description = "Measure algorithms, beside what theory predicts.")
final class BenchCommand {}
