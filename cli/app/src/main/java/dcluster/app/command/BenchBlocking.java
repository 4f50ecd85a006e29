package dcluster.app.command;

import dcluster.app.bench.BlockingRun;
import dcluster.app.bench.BlockingTable;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.config.Algorithms;
import dcluster.host.Point;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "blocking",
        description = {
            "Measure for how long two-phase commit keeps keys from being served when its coordinator ends at the worst"
                    + " moment.",
            "In simulated clusters clients transfer between keys and read and write single ones. The coordinator ends when"
                    + " it has all votes on a transaction and its decision is not durable, or elsewhere, and comes back after"
                    + " a while. All keys are read all the time. The same seed gives the same numbers everywhere.",
            "In doubt: transactions that a participant had voted on and did not know the decision of. Ended by asking: how"
                    + " many of them were not in doubt any more before the coordinator came back. Keys that are not served"
                    + " are those in doubt, and for a while those of transactions that were not voted on yet.",
            "Exits with 1 if anything stays locked or in doubt, with 3 if a coordinator did not come to that point."
        },
        footer = {
            "",
            "JSON: command, confirmed, seed, runs, keys, clients, when, downMillis, left; variants, a list of (protocol,"
                    + " termination, inDoubt, endedByAsking, unservedPercent, the greatest share of keys that was not"
                    + " served at the same time, longestSeconds, keySeconds), each figure with median, least and most."
        })
final class BenchBlocking implements Callable<Integer> {
    private static final int MOST_RUNS = 10_000;
    private static final int LEAST_KEYS = 10;
    private static final int MOST_KEYS = 1_000;
    private static final int MOST_CLIENTS = 200;

    private final Session session;

    @Mixin
    private CommitOptions commit = new CommitOptions();

    @Option(
            names = "--runs",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How many clusters for each row, of as many seeds; by default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--keys",
            paramLabel = "COUNT",
            defaultValue = "60",
            description = "How many keys there are; by default ${DEFAULT-VALUE}.")
    private int keys;

    @Option(
            names = "--clients",
            paramLabel = "COUNT",
            defaultValue = "30",
            description = "How many clients ask at the same time; by default ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--when",
            paramLabel = "POINT",
            defaultValue = "journals Decided 1",
            converter = PointConverter.class,
            description =
                    "Where the coordinator ends, as 'dcluster kill --when' has it; by default ${DEFAULT-VALUE}, before"
                            + " anybody can know the decision. Behind 'sent Decision 1' one participant knows it, and may tell"
                            + " another.")
    private Point when = Point.parse("journals Decided 1");

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    BenchBlocking(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        commit.check();
        requireBetween("--runs", runs, 1, MOST_RUNS);
        requireBetween("--keys", keys, LEAST_KEYS, MOST_KEYS);
        requireBetween("--clients", clients, 1, MOST_CLIENTS);
        var progress = Progress.forTerminalOnly(session.terminal(), session.err());
        var interruption = session.cleanUps().onInterrupt(progress::clear);
        var measured = new BlockingRun(terms(), Algorithms.load(plugins.in(session.home())), progress).run();
        interruption.close();
        measured.print(format.in(session));
        if (measured.left() > 0) {
            session.say("violation: " + measured.left() + " locks, votes or decisions were left in the end");
            return Exit.NO;
        }
        if (!measured.isConfirmed()) {
            session.say("inconclusive: a coordinator did not come to its point");
            return Exit.INCONCLUSIVE;
        }
        return Exit.OK;
    }

    private static void requireBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Failure(Exit.USAGE, option + " is from " + least + " to " + most + ", not " + value);
        }
    }

    private BlockingTable.Terms terms() {
        var words = commit.words("blocking");
        words.addAll(List.of("--runs", "" + runs, "--keys", "" + keys, "--clients", "" + clients));
        words.addAll(List.of("--when", when.toString()));
        words.addAll(plugins.words());
        return new BlockingTable.Terms(
                commit.protocols(),
                commit.terminations(),
                commit.down(),
                when,
                keys,
                clients,
                runs,
                commit.seed(),
                ShellWords.join(words));
    }
}
