package dcluster.app.command;

import dcluster.app.bench.Crashes;
import dcluster.app.bench.CrashesRun;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Progress;
import dcluster.config.Algorithms;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "crashes",
        description = {
            "End members at each point of two-phase commit, and show what becomes of the transaction.",
            "For each protocol, termination rule and point: a transaction writes a key of each of two participants in a"
                    + " simulated cluster; the coordinator, a participant, or all members end at that point and come back"
                    + " after a while. Shown are what the client was told, what became of the transaction, for how long"
                    + " its keys were not served, and which were locked a second after the crash. The same seed gives the"
                    + " same everywhere.",
            "Exits with 1 if a transaction was committed in part or otherwise than its client was told, or if anything"
                    + " stayed locked; with 3 if a member did not come to its point."
        },
        footer = {
            "",
            "JSON: command, confirmed, violations, seed, downMillis; points, a list of (protocol, termination, victim, all,"
                    + " number, point, met, told, ended, unservedMillis, lockedMeanwhile, left); with --every-event"
                    + " everyEvent, of (protocol, termination, crashes, violations)."
        })
final class BenchCrashes implements Callable<Integer> {
    private final Session session;

    @Mixin
    private CommitOptions commit = new CommitOptions();

    @Option(
            names = "--every-event",
            description = "End them as well at every message, record and answer of the transaction's life: each member"
                    + " alone and all together, with and without loss of power. Takes a minute or two.")
    private boolean everyEvent;

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    BenchCrashes(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        commit.check();
        var progress = Progress.forTerminalOnly(session.terminal(), session.err());
        var interruption = session.cleanUps().onInterrupt(progress::clear);
        var found = new CrashesRun(terms(), Algorithms.load(plugins.in(session.home())), progress).run();
        interruption.close();
        found.print(format.in(session));
        if (!found.violations().isEmpty()) {
            return Exit.NO;
        }
        if (!found.isConfirmed()) {
            session.say("inconclusive: a member did not come to its point");
            return Exit.INCONCLUSIVE;
        }
        return Exit.OK;
    }

    private Crashes.Terms terms() {
        var words = commit.words("crashes");
        if (everyEvent) {
            words.add("--every-event");
        }
        words.addAll(plugins.words());
        return new Crashes.Terms(
                commit.protocols(),
                commit.terminations(),
                commit.down(),
                everyEvent,
                commit.seed(),
                ShellWords.join(words));
    }
}
