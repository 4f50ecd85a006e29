package dcluster.app.command;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Measure algorithms, beside what theory predicts, and what a crash does to them.")
final class BenchCommand {}
