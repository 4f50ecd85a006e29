package dcluster.app.command;

import dcluster.app.bench.Staleness;
import dcluster.app.bench.Staleness.Part;
import dcluster.app.bench.StalenessRun;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Spans;
import dcluster.config.Algorithms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "staleness",
        description = {
            "Measure how stale reads of the quorum store are, beside what is predicted.",
            "All of it happens in simulated clusters, so the same seed gives the same numbers everywhere. Visibility:"
                    + " how probable it is that a read sees the last write, by the time since its acknowledgement and by"
                    + " versions, for each R and W; the prediction is probabilistically bounded staleness (Bailis and"
                    + " others 2012). Convergence: how long replicas take to agree after a partition, by hinted handoff,"
                    + " read repair or anti-entropy alone, and what that costs. Consistency: what the checker finds in"
                    + " what clients saw while clocks differed or nodes were cut off: stale reads, lost writes.",
            "Whatever is found, it exits with 0 when it is measured; with 3 if a partition or a clock that was to be"
                    + " wrong was not felt by any node."
        },
        footer = {
            "",
            "JSON: command, which measures the same again; confirmed, whether all"
                    + " faults were felt; seed, nodes, delay, tail, trials, runs, keys, after; visibility, a list of (variant, replicas, reads,"
                    + " writes; measured and predicted, the shares of reads that saw the last write, for each of after;"
                    + " difference, the greatest between these; versionsMeasured, versionsPredicted and"
                    + " versionsClosedForm, the shares that saw one of the last 1, 2, 3 versions; writeMillis,"
                    + " readMillis, unanswered), predicted being null with repairs; convergence, of (mechanism, variant,"
                    + " clusters, agreedMillis of those that came to agree, readsAfterHeal, staleReads, hintsLeft,"
                    + " keysHandedOff, readRepairs, keysRepaired, repairBytes); consistency, of (store, wrong, pause,"
                    + " acknowledged, reads, siblings, stale, lost, checker, promise, variant, nodes, deletes, example,"
                    + " the first stale read or null)."
        })
final class BenchStaleness implements Callable<Integer> {
    private static final Duration LEAST_DELAY = Duration.ofMillis(1);
    private static final int MOST = 1_000_000;
    private static final int MOST_NODES = 9;

    private final Session session;

    @Option(
            names = {"-a", "--algorithm"},
            paramLabel = "VARIANT",
            description = "Whose visibility is measured, as quorum:reads=1,writes=2; may be repeated. By default quorum"
                    + " with last-write-wins and all R and W, without repairs as the formula has it, and once more with"
                    + " them where reads can be stale.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = "--part",
            paramLabel = "PART",
            split = ",",
            description = "Measure this alone: ${COMPLETION-CANDIDATES}; may be repeated.")
    private List<Part> parts = new ArrayList<>();

    @Option(
            names = {"-n", "--nodes"},
            paramLabel = "COUNT",
            defaultValue = "3",
            description =
                    "How many nodes, each of which holds each key; by default ${DEFAULT-VALUE}. In what is measured of"
                            + " consistency there are as many as it takes.")
    private int nodes;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            defaultValue = "5ms",
            converter = DurationConverter.class,
            description = "How long a message takes on average; by default ${DEFAULT-VALUE}.")
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--no-tail",
            description =
                    "No message takes much longer than most. Otherwise one in a hundred takes six times the average.")
    private boolean withoutTail;

    @Option(
            names = "--after",
            paramLabel = "TIMES",
            split = ",",
            defaultValue = "0ms,1ms,2ms,5ms,10ms,20ms,50ms",
            converter = DurationConverter.class,
            description = "How long after a write's acknowledgement it is read; by default ${DEFAULT-VALUE}.")
    private List<Duration> after = new ArrayList<>();

    @Option(
            names = "--trials",
            paramLabel = "COUNT",
            defaultValue = "200",
            description = "How many reads for each share that is measured; by default ${DEFAULT-VALUE}.")
    private int trials;

    @Option(
            names = "--runs",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How many clusters for each row of convergence and consistency; by default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--keys",
            paramLabel = "COUNT",
            defaultValue = "30",
            description = "How many keys these have; by default ${DEFAULT-VALUE}.")
    private int keys;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "What all chances follow from; by default ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    BenchStaleness(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        requireBetween("--nodes", nodes, 2, MOST_NODES);
        requireBetween("--trials", trials, 1, MOST);
        requireBetween("--runs", runs, 1, MOST);
        requireBetween("--keys", keys, 1, MOST);
        if (delay.compareTo(LEAST_DELAY) < 0) {
            throw new Failure(Exit.USAGE, "--delay is at least 1ms");
        }
        if (seed < 1 || seed > Integer.MAX_VALUE) {
            throw new Failure(Exit.USAGE, "--seed is from 1 to " + Integer.MAX_VALUE + ", not " + seed);
        }
        var progress = Progress.forTerminalOnly(session.terminal(), session.err());
        var interruption = session.cleanUps().onInterrupt(progress::clear);
        var measured = new StalenessRun(wanted(), Algorithms.load(plugins.in(session.home())), progress).run();
        interruption.close();
        measured.print(format.in(session));
        if (!measured.isConfirmed()) {
            session.say("inconclusive: a fault was not felt, so that nothing is shown of it");
            return Exit.INCONCLUSIVE;
        }
        return Exit.OK;
    }

    private static void requireBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Failure(Exit.USAGE, option + " is from " + least + " to " + most + ", not " + value);
        }
    }

    private Staleness wanted() {
        var chosen = parts.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(parts);
        return new Staleness(chosen, variants, nodes, delay, !withoutTail, after, trials, runs, keys, seed, command());
    }

    /** With every option, so that it means the same when defaults have become others. */
    private String command() {
        var words = new ArrayList<>(List.of("dcluster", "bench", "staleness"));
        variants.forEach(variant -> words.addAll(List.of("-a", variant)));
        parts.forEach(part -> words.addAll(List.of("--part", part.toString())));
        words.addAll(List.of("-n", "" + nodes, "--delay", Spans.exact(delay)));
        if (withoutTail) {
            words.add("--no-tail");
        }
        words.addAll(List.of("--after", after.stream().map(Spans::exact).collect(Collectors.joining(","))));
        words.addAll(List.of("--trials", "" + trials, "--runs", "" + runs, "--keys", "" + keys, "--seed", "" + seed));
        words.addAll(plugins.words());
        return ShellWords.join(words);
    }
}
