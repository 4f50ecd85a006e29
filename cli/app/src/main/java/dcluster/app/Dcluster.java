package dcluster.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code dcluster} itself: what all its subcommands take. */
@Command(
        name = "dcluster",
        synopsisSubcommandLabel = "COMMAND",
        description = "Run, break, check and measure distributed algorithms.",
        footer = {
            "",
            "Clusters live in $$DCLUSTER_HOME, by default ~/.dcluster.",
            "'dcluster COMMAND --help' tells more.",
            "Exit codes: 0 done, 1 the answer is no, 2 unknown, 3 inconclusive, 4 unhealthy or not",
            "in time, 5 a node crashed, 64 usage, 65 bad cluster file or history, 69 port, folder or",
            "lock, 70 internal error, 130 interrupted."
        })
final class Dcluster {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean verbose;

    boolean isVerbose() {
        return verbose;
    }
}
