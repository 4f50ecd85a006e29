package dcluster.app.command;

import dcluster.app.bench.BenchHome;
import dcluster.app.bench.Benched;
import dcluster.app.bench.Failover;
import dcluster.app.bench.FailoverRun;
import dcluster.app.process.Transfer;
import dcluster.app.start.BundledConfig;
import dcluster.app.start.StartTerms;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.config.Algorithms;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "failover",
        description = {
            "Measure for how long writes are out when leadership is handed over, and when the leader is killed.",
            "Starts a cluster of each variant, of real processes, on free ports and with data of its own, and removes it. In"
                    + " each round the leader of each is left alone, hands over as 'dcluster transfer' orders, and is killed"
                    + " as by kill -9 and started again, each time while one client adds 1 to a key at another node. Each"
                    + " is watched for two seconds at least, and the key is read back at the end: it counts every"
                    + " acknowledged write, and nothing twice.",
            "Exits with 0, whatever is measured; with 1 if an acknowledged write is lost, or more was written than the"
                    + " client asked for; with 5 if a process crashed by itself, which ends the measurement; with 3 if a"
                    + " strike did not come about or was not felt to the end, a key could not be read back, or a node was"
                    + " not ready again in time. What was measured is printed in any case."
        },
        footer = {
            "",
            "JSON: command, machine, rounds, seed; clusters, a list of (variant, configuration); measurements, a list of"
                    + " (variant, strike: none, transfer or crash; known, in how many rounds it is known for how long writes"
                    + " were out; medianMillis, leastMillis, mostMillis; medianTimesTransfer, leastTimesTransfer,"
                    + " mostTimesTransfer, of a crash the ratios to the transfer of its round; strikes, a list of (leader,"
                    + " pid, next, millis, acknowledged, unknown, troubles, wrong), one for each round); crashed, a list."
        })
final class BenchFailover implements Callable<Integer> {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int LEAST_NODES = 3;
    private static final int MOST_NODES = 9;
    private static final int MOST_ROUNDS = 1000;

    private final Session session;

    @Option(
            names = {"-a", "--algorithm"},
            paramLabel = "VARIANT",
            required = true,
            description = "A cluster to start, as raft:pre-vote=false; may be repeated, to compare.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = {"-n", "--nodes"},
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How many nodes each cluster has; by default ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any other key of each cluster file, as storage.sync=never; may be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            defaultValue = "5",
            description = "How often each leader is struck in each way; by default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "What decides who leads next, and how much is written before each strike; by default"
                    + " ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    BenchFailover(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        requireBetween("--nodes", nodes, LEAST_NODES, MOST_NODES);
        requireBetween("--rounds", rounds, 1, MOST_ROUNDS);
        requireBetween("--seed", seed, 1, Integer.MAX_VALUE);
        var algorithms = Algorithms.load(plugins.in(session.home()));
        variants.forEach(variant -> requireTransfer(variant, algorithms));
        var home = new BenchHome();
        var interruption = session.cleanUps().onInterrupt(home::remove);
        try {
            var terms = new StartTerms(
                    Progress.forTerminalOnly(session.terminal(), session.err()), session.cleanUps(), START, false);
            var order = new BenchHome.Order(variants, OptionalInt.of(nodes), sets, plugins.in(session.home()));
            return measure(home.start(order, terms), terms);
        } finally {
            interruption.close();
            home.remove();
        }
    }

    private static void requireBetween(String option, long value, int least, int most) {
        if (value < least || value > most) {
            throw new Failure(Exit.USAGE, option + " is from " + least + " to " + most + ", not " + value);
        }
    }

    private void requireTransfer(String variant, Algorithms algorithms) {
        var overrides = new Overrides(Optional.of(variant), OptionalInt.of(nodes), Optional.empty(), sets);
        var traits = BundledConfig.load(overrides, algorithms, PortPicker.free())
                .algorithm()
                .traits();
        if (!traits.operations().containsKey(Transfer.OPERATION)) {
            throw new Failure(
                    Exit.USAGE,
                    "-a " + variant + ": it has no leadership to hand over; those that have: "
                            + String.join(", ", Offers.of(Transfer.OPERATION, algorithms)));
        }
    }

    private int measure(List<Benched> clusters, StartTerms terms) {
        var view = new FailoverRun(new Failover(rounds, seed, command()), clusters, terms).run();
        view.print(format.in(session));
        view.complaints().forEach(session::say);
        return view.exit();
    }

    /** With every option, so that it means the same when defaults have become others. */
    private String command() {
        var words = new ArrayList<>(List.of("dcluster", "bench", "failover"));
        variants.forEach(variant -> words.addAll(List.of("-a", variant)));
        words.addAll(List.of("-n", "" + nodes));
        sets.forEach(set -> words.addAll(List.of("--set", set)));
        words.addAll(List.of("--rounds", "" + rounds, "--seed", "" + seed));
        words.addAll(plugins.words());
        return ShellWords.join(words);
    }
}
