package dcluster.app.command;

import dcluster.app.client.AdminCall;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.HomeLock;
import dcluster.app.process.LogReader;
import dcluster.app.process.Patience;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Json;
import dcluster.app.terminal.Progress;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Has nodes end at a point of their protocol, and waits until they have. */
final class KillAt {
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final int LAST_LINES = 200;

    /** What a member logs when it ends at a point. */
    private static final String EVIDENCE = " ends at a point: ";

    private final Session session;
    private final Cluster cluster;
    private final Progress progress;
    private final Duration timeout;

    KillAt(Session session, Cluster cluster, Duration timeout) {
        this.session = session;
        this.cluster = cluster;
        this.progress = new Progress(session.terminal(), session.err());
        this.timeout = timeout;
    }

    /** A process that is to end, and how long its log was before. */
    private record Doomed(ClusterProcess process, long logBytes) {
        String id() {
            return process.id();
        }
    }

    /** Whether all of them ended there in time. Those that run are told to, whatever others answer. */
    boolean kill(List<ClusterProcess> running, String point) {
        var doomed = running.stream().map(each -> arm(each, point)).toList();
        var names = doomed.stream().map(Doomed::id).collect(Collectors.joining(", "));
        progress.underWay("waiting until " + names + " " + (doomed.size() == 1 ? "comes" : "come") + " to: " + point);
        var interruption = session.cleanUps().onInterrupt(progress::clear);
        Patience.of(timeout).until(() -> doomed.stream().noneMatch(this::isThere));
        interruption.close();
        progress.clear();
        var ended = doomed.stream().filter(each -> !isThere(each)).toList();
        record(ended);
        doomed.stream().filter(this::isThere).forEach(each -> session.say(tellLate(each, point)));
        ended.forEach(each -> session.say(tell(each, point)));
        return ended.size() == doomed.size() && ended.stream().allMatch(this::isProved);
    }

    private Doomed arm(ClusterProcess process, String point) {
        var doomed = new Doomed(process, LogReader.size(cluster.folder().log(process.id())));
        try (var call = AdminCall.post(process.member(), "/faults", Json.line(Map.of("crash", point)), ASK)) {
            var answer = call.await()
                    .orElseThrow(() -> new Failure(
                            Exit.UNHEALTHY, process.id() + " does not answer at " + address(process.member())));
            if (answer.status() != 200) {
                throw refused(process, answer);
            }
        }
        return doomed;
    }

    private static Failure refused(ClusterProcess process, AdminCall.Answer answer) {
        var error = Json.object(answer.body()).get("error");
        return new Failure(answer.status() >= 500 ? Exit.UNHEALTHY : Exit.USAGE, process.id() + " refuses: " + error);
    }

    private static String address(Member member) {
        return member.host() + ":" + member.adminPort();
    }

    private boolean isThere(Doomed doomed) {
        var was = doomed.process.running().orElseThrow();
        return cluster.machine()
                .process(was.pid())
                .filter(now -> now.startedMillis() == was.startedMillis())
                .isPresent();
    }

    /** So that nobody takes their end for a crash; those that run again are left as they are. */
    private void record(List<Doomed> ended) {
        HomeLock.forCluster(session.home(), cluster.name(), () -> {
            var gone = new ArrayList<ClusterProcess>();
            for (var each : ended) {
                cluster.process(each.id())
                        .filter(now -> !now.isRunning() && isProved(each))
                        .ifPresent(gone::add);
            }
            cluster.kill(gone);
            return Exit.OK;
        });
    }

    private boolean isProved(Doomed doomed) {
        var log = new LogReader(cluster.folder().log(doomed.id()), doomed.logBytes);
        return log.last(LAST_LINES).stream().anyMatch(line -> line.contains(doomed.id() + EVIDENCE));
    }

    private String tell(Doomed doomed, String point) {
        long pid = doomed.process.running().orElseThrow().pid();
        return isProved(doomed)
                ? "killed " + doomed.id() + " (pid " + pid + ") at: " + point
                : doomed.id() + " (pid " + pid + ") has ended, but not there: 'dcluster logs " + doomed.id()
                        + "' may say why";
    }

    private String tellLate(Doomed doomed, String point) {
        return doomed.id() + " has not come to '" + point + "' within " + timeout.toSeconds()
                + " s, and runs; it still ends when it does, unless it is restarted before";
    }
}
