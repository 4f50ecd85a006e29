package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.AdminCall;
import dcluster.app.client.OperationAnswer;
import dcluster.app.client.Reply;
import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real processes that end at each numbered point of two-phase commit while a transfer is under way. */
class CrashPointIT {
    private static final Duration ASK = Duration.ofSeconds(10);

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    /** Participants in doubt ask nobody but the coordinator. */
    private static final SharedCluster SHARED = new SharedCluster(
            CLUSTERS,
            "points",
            "-a",
            "two-phase-commit:patience=1s,termination=coordinator",
            "--set",
            "chaos.enabled=true");

    private final TestCluster cluster = SHARED.started();

    private int round;

    /** How a transfer must have ended. */
    private enum Ended {
        DONE("1"),
        NOT_DONE("");

        private final String value;

        Ended(String value) {
            this.value = value;
        }
    }

    @Test
    @Tag("hard-case-45")
    void whereverTheCoordinatorEndsTheTransferIsWholeOrNotAtAll() throws IOException {
        var coordinator = cluster.coordinator().orElseThrow();
        endsAt(coordinator, "sends Prepare 1", Ended.NOT_DONE);
        endsAt(coordinator, "receives Vote 2", Ended.NOT_DONE);
        endsAt(coordinator, "journals Decided 1", Ended.NOT_DONE);
        endsAt(coordinator, "durable Decided 1", Ended.DONE);
        endsAt(coordinator, "sent Decision 1", Ended.DONE);
        endsAt(coordinator, "answers 1", Ended.DONE);
        endsAt(coordinator, "receives Acknowledge 2", Ended.DONE);
        assertNothingIsLeft();
    }

    @Test
    @Tag("hard-case-45")
    @Tag("hard-case-46")
    void whereverAParticipantEndsTheTransferIsWholeOrNotAtAll() throws IOException {
        var participant = cluster.member("n1");
        endsAt(participant, "receives Execute 1", Ended.NOT_DONE);
        endsAt(participant, "journals Prepared 1", Ended.NOT_DONE);
        endsAt(participant, "durable Prepared 1", Ended.NOT_DONE);
        endsAt(participant, "sent Vote 1", Ended.DONE);
        endsAt(participant, "receives Decision 1", Ended.DONE);
        endsAt(participant, "journals Committed 1", Ended.DONE);
        endsAt(participant, "durable Committed 1", Ended.DONE);
        assertNothingIsLeft();
    }

    private void endsAt(TestNode victim, String point, Ended ended) throws IOException {
        var here = cluster.member(victim.id());
        var evidence = victim.id() + " ends at a point: " + point;
        int before = here.logged(evidence);
        arm(here, point);
        var keys = keys(victim.id());
        var told = transfer(keys);
        Until.holds(victim.id() + " has ended at: " + point, () -> !here.isRunning());
        assertThat(here.logged(evidence)).as(point).isEqualTo(before + 1);
        cluster.restart(here);
        for (var key : keys) {
            assertThat(new Ask(cluster.member("n3")).text(key))
                    .as("%s, told %s", point, told)
                    .isEqualTo(ended.value);
        }
        assertThat(told).as(point).isIn(Told.UNKNOWN, ended == Ended.DONE ? Told.COMMITTED : Told.ABORTED);
    }

    private static void arm(TestNode victim, String point) {
        try (var call = AdminCall.post(member(victim), "/faults", Json.line(Map.of("crash", point)), ASK)) {
            assertThat(call.await())
                    .hasValueSatisfying(answer -> assertThat(answer.body()).contains("\"armed\":[\"" + point + "\"]"));
        }
    }

    private static Member member(TestNode node) {
        return new Member(
                new NodeId(node.id()), TestNode.HOST, node.clientPort(), node.peerPort(), node.adminPort(), "");
    }

    /** A new key of n1, and one of n2. */
    private List<String> keys(String prefix) {
        round++;
        return List.of(key(prefix, "n1"), key(prefix, "n2"));
    }

    private String key(String prefix, String owner) {
        for (int i = 0; ; i++) {
            var key = prefix + round + "-" + i;
            if (owner(key).equals(owner)) {
                return key;
            }
        }
    }

    private String owner(String key) {
        var asked = member(cluster.member("n3"));
        var answer =
                OperationAnswer.ask(List.of(asked), "owner", List.of(key), ASK).get(asked);
        if (answer instanceof OperationAnswer.Done done) {
            return done.text().split(" ", 2)[1];
        }
        throw new AssertionError(key + " has no owner: " + answer);
    }

    private enum Told {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    /** Asked of the node that holds none of the keys. */
    private Told transfer(List<String> keys) throws IOException {
        try (var client = cluster.member("n3").connect()) {
            client.call("MULTI");
            for (var key : keys) {
                client.call("INCR", key);
            }
            var reply = client.call("EXEC");
            if (reply instanceof Reply.Many) {
                return Told.COMMITTED;
            }
            return reply instanceof Reply.ErrorLine error && error.kind().equals("UNKNOWN")
                    ? Told.UNKNOWN
                    : Told.ABORTED;
        }
    }

    private void assertNothingIsLeft() {
        Until.passes(
                "nothing is in doubt",
                () -> assertThat(cluster.txn("in-doubt").exits(0).err()).contains("nothing is in doubt"));
        for (var status : cluster.statuses().values()) {
            assertThat(status.get("details")).asString().contains("lockedKeys=0", "prepared=0", "executed=0");
        }
    }

    @Test
    void killWaitsUntilANodeHasComeToThePoint() throws IOException {
        var keys = keys("killed");
        var killing = CompletableFuture.supplyAsync(
                () -> cluster.run("kill", "coordinator", "--when", "durable Decided", "--timeout", "50s"));
        var coordinator = cluster.coordinator().orElseThrow();
        Until.holds(
                "it is armed",
                () -> coordinator
                        .page("/faults")
                        .filter(answer -> answer.body().contains("durable Decided"))
                        .isPresent());
        transfer(keys);
        assertThat(killing.join().exits(0).err())
                .contains("killed coordinator (pid " + coordinator.pid() + ") at: durable Decided 1");
        assertThat(cluster.run("status").out()).contains("killed");
        assertThat(cluster.run("kill", "n1", "--when", "sends Vot").exits(64).err())
                .contains("n1 refuses: no message is called 'Vot'; there are Abandon, Acknowledge");
        assertThat(cluster.run("kill", "n1", "--when", "answers", "--timeout", "1s")
                        .exits(4)
                        .err())
                .contains("n1 has not come to 'answers 1' within 1 s, and runs");
        // It is armed no more then.
        cluster.restart(coordinator, cluster.member("n1"));
    }
}
