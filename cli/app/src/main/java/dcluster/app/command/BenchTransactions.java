package dcluster.app.command;

import dcluster.app.bench.BenchHome;
import dcluster.app.bench.Benched;
import dcluster.app.bench.Transactions;
import dcluster.app.bench.TransactionsRun;
import dcluster.app.bench.Work;
import dcluster.app.start.Planner;
import dcluster.app.start.StartTerms;
import dcluster.app.start.Wanted;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Spans;
import dcluster.config.Overrides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "transactions",
        description = {
            "Measure transactions of real processes, beside writes of single keys.",
            "Kinds of work: writes of one key; transactions that write two keys of one shard, and of two; and the same"
                    + " where all clients write the same three keys. Of each: how many are committed in a second, how many"
                    + " are aborted, refused or of unknown outcome, and how long what was committed took.",
            "With -a it starts a cluster of each variant, on free ports and with data of its own, measures all of them in"
                    + " turns, and removes them; otherwise it measures a cluster that runs, in which it leaves keys"
                    + " 'bench:0' and so on. Only ratios within one run mean anything: the clients work on the same"
                    + " machine, and so may others.",
            "Whatever is measured, it exits with 0; with 3 if nothing was committed in a round, with 5 if a process"
                    + " crashed."
        },
        footer = {
            "",
            "JSON: command, machine, connections, contenders, warmUp, measured, rounds; clusters, a list of (variant,"
                    + " configuration); measurements, a list of (work, variant; committedPerSecond, p50Millis and p99Millis"
                    + " with a number for each round; ofSingle and ofFirst, medians of the ratios to single-key writes of"
                    + " the same cluster and to the first cluster, null where there is none; committed, aborted,"
                    + " refused, unknown, and begunAgain, transactions that lost and that the cluster itself tried again,"
                    + " over all rounds)."
        })
final class BenchTransactions implements Callable<Integer> {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int MOST_CONNECTIONS = 1000;
    private static final int MOST_ROUNDS = 1000;

    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Option(
            names = {"-a", "--algorithm"},
            paramLabel = "VARIANT",
            description = "A cluster to start, as two-phase-commit:protocol=basic; may be repeated, to compare.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = {"-n", "--nodes"},
            paramLabel = "COUNT",
            description = "With -a, how many nodes each cluster has; by default 3.")
    private @Nullable Integer nodes;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "With -a, any other key of each cluster file, as storage.sync=never; may be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--work",
            paramLabel = "WORK",
            split = ",",
            description = "Measure this alone: ${COMPLETION-CANDIDATES}; may be repeated.")
    private List<Work> works = new ArrayList<>();

    @Option(
            names = "--connections",
            paramLabel = "COUNT",
            defaultValue = "64",
            description = "How many clients there are, spread over all members, each with one request at a time; by"
                    + " default ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--contenders",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "How many there are where all write the same keys; by default ${DEFAULT-VALUE}.")
    private int contenders;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "3s",
            converter = DurationConverter.class,
            description = "How long each measurement counts; by default ${DEFAULT-VALUE}.")
    private Duration measured = Duration.ZERO;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "How long each goes on before; by default ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How often each is made, in turns with all others; by default ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    BenchTransactions(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        requireBetween("--connections", connections, MOST_CONNECTIONS);
        requireBetween("--contenders", contenders, MOST_CONNECTIONS);
        requireBetween("--rounds", rounds, MOST_ROUNDS);
        if (measured.isZero()) {
            throw new Failure(Exit.USAGE, "--for is at least 1ms");
        }
        boolean isOwn = !variants.isEmpty();
        if (isOwn && name.name().isPresent()) {
            throw new Failure(Exit.USAGE, "-N names a cluster that runs, and -a has others started; give one of them");
        }
        if (!isOwn && (nodes != null || !sets.isEmpty() || plugins.isGiven())) {
            throw new Failure(Exit.USAGE, "-n, --set and --plugin are of clusters that -a has started");
        }
        return isOwn ? measureOwn() : measure(List.of(running()));
    }

    private static void requireBetween(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new Failure(Exit.USAGE, option + " is from 1 to " + most + ", not " + value);
        }
    }

    private int measureOwn() {
        var home = new BenchHome();
        var interruption = session.cleanUps().onInterrupt(home::remove);
        try {
            var count = nodes == null ? OptionalInt.empty() : OptionalInt.of(nodes);
            var order = new BenchHome.Order(variants, count, sets, plugins.in(session.home()));
            return measure(home.start(order, new StartTerms(progress(), session.cleanUps(), START, false)));
        } finally {
            interruption.close();
            home.remove();
        }
    }

    private Benched running() {
        var cluster = name.in(session);
        if (!cluster.isRunning()) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    "the cluster '" + cluster.name() + "' does not run; 'dcluster start -N " + cluster.name()
                            + "' starts it");
        }
        var itself = new Wanted(
                Optional.empty(),
                new Overrides(Optional.empty(), OptionalInt.empty(), Optional.of(cluster.name()), List.of()));
        var config = new Planner(session.clusters(), itself, plugins.in(session.home()))
                .plan()
                .config();
        return new Benched(config.algorithm().name(), cluster, config);
    }

    private Progress progress() {
        return Progress.forTerminalOnly(session.terminal(), session.err());
    }

    private int measure(List<Benched> clusters) {
        var progress = progress();
        var wanted = new Transactions(chosen(), connections, contenders, warmUp, measured, rounds, command());
        var interruption = session.cleanUps().onInterrupt(progress::clear);
        var view = new TransactionsRun(wanted, clusters, progress).run();
        interruption.close();
        view.print(format.in(session));
        var crashed = clusters.stream().flatMap(each -> each.crashed().stream()).toList();
        if (!crashed.isEmpty()) {
            session.say("crashed meanwhile: " + String.join(", ", crashed));
            return Exit.CRASHED;
        }
        view.voidness().ifPresent(why -> session.say("inconclusive: " + why));
        return view.voidness().isPresent() ? Exit.INCONCLUSIVE : Exit.OK;
    }

    private EnumSet<Work> chosen() {
        return works.isEmpty() ? EnumSet.allOf(Work.class) : EnumSet.copyOf(works);
    }

    /** With every option, so that it means the same when defaults have become others. */
    private String command() {
        var words = new ArrayList<>(List.of("dcluster", "bench", "transactions"));
        words.addAll(name.words());
        variants.forEach(variant -> words.addAll(List.of("-a", variant)));
        if (nodes != null) {
            words.addAll(List.of("-n", "" + nodes));
        }
        sets.forEach(set -> words.addAll(List.of("--set", set)));
        works.forEach(work -> words.addAll(List.of("--work", work.toString())));
        words.addAll(List.of("--connections", "" + connections, "--contenders", "" + contenders));
        words.addAll(List.of("--for", Spans.exact(measured), "--warm-up", Spans.exact(warmUp)));
        words.addAll(List.of("--rounds", "" + rounds));
        words.addAll(plugins.words());
        return ShellWords.join(words);
    }
}
