package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which variants of two-phase commit are broken, and for how long. */
final class CommitOptions {
    private static final Duration LEAST_DOWN = Duration.ofSeconds(1);
    private static final Duration MOST_DOWN = Duration.ofHours(1);

    /** As the option of the algorithm spells them. */
    private enum Protocol {
        BASIC,
        PRESUMED_ABORT,
        PRESUMED_COMMIT;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private enum Termination {
        COORDINATOR,
        COOPERATIVE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            split = ",",
            description = "These alone of ${COMPLETION-CANDIDATES}; by default all.")
    private List<Protocol> protocols = new ArrayList<>();

    @Option(
            names = "--termination",
            paramLabel = "RULE",
            split = ",",
            description = "These alone of ${COMPLETION-CANDIDATES}, whom participants in doubt ask; by default both.")
    private List<Termination> terminations = new ArrayList<>();

    @Option(
            names = "--down",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long who ends stays away; by default ${DEFAULT-VALUE}.")
    private Duration down = Duration.ofSeconds(10);

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "What all chances follow from; by default ${DEFAULT-VALUE}.")
    private long seed;

    void check() {
        if (down.compareTo(LEAST_DOWN) < 0 || down.compareTo(MOST_DOWN) > 0) {
            throw new Failure(Exit.USAGE, "--down is from 1s to 1h");
        }
        if (seed < 1 || seed > Integer.MAX_VALUE) {
            throw new Failure(Exit.USAGE, "--seed is from 1 to " + Integer.MAX_VALUE + ", not " + seed);
        }
    }

    List<String> protocols() {
        var chosen = protocols.isEmpty() ? List.of(Protocol.values()) : protocols;
        return chosen.stream().map(Protocol::toString).distinct().toList();
    }

    List<String> terminations() {
        var chosen = terminations.isEmpty() ? List.of(Termination.values()) : terminations;
        return chosen.stream().map(Termination::toString).distinct().toList();
    }

    Duration down() {
        return down;
    }

    long seed() {
        return seed;
    }

    /** The words of a command of {@code bench} with these options. */
    List<String> words(String command) {
        return new ArrayList<>(List.of(
                "dcluster",
                "bench",
                command,
                "--protocol",
                String.join(",", protocols()),
                "--termination",
                String.join(",", terminations()),
                "--down",
                Spans.exact(down),
                "--seed",
                "" + seed));
    }
}
