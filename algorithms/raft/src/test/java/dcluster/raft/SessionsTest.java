package dcluster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.raft.Cluster.Flight;
import dcluster.raft.Cluster.Node;
import dcluster.raft.RaftConfig.ReadPath;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.InSession;
import dcluster.spi.Command.Increment;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext.Replied;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that did not learn what became of its command asks again (thesis, section 6.3), whatever happened between. */
@Tag("raft-thesis-6.3")
class SessionsTest implements Cluster.Observer {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final Bytes K = Bytes.utf8("k");
    private static final Command FIRST = new InSession(1, 1, new Increment(K, 1));
    private static final Response ONE = new Response.Ok(new Result.WholeNumber(1));

    private final Cluster cluster = new Cluster(3, Configs.small(2, true, true, ReadPath.READ_INDEX), 1, this);
    private final Map<Request, Response> answers = new HashMap<>();
    private final Set<String> noted = new HashSet<>();

    @Override
    public void replied(Node node, Replied reply) {
        answers.put(reply.request(), reply.response());
    }

    @Override
    public void noted(Node node, String event, List<Object> details) {
        noted.add(node.id + " " + event);
    }

    private void runUntil(BooleanSupplier condition, Predicate<Flight> passes) {
        for (int steps = 0; !condition.getAsBoolean(); steps++) {
            assertThat(steps).as("steps until it came about").isLessThan(1000);
            cluster.calmly(STEP, passes);
        }
    }

    private boolean hasLeader() {
        return cluster.nodes().stream().anyMatch(node -> node.up && node.raft.role() == Role.LEADER);
    }

    private Node leader() {
        runUntil(this::hasLeader, flight -> true);
        return cluster.nodes().stream()
                .filter(node -> node.up && node.raft.role() == Role.LEADER)
                .reduce((a, b) -> a.raft.durable().term() > b.raft.durable().term() ? a : b)
                .orElseThrow();
    }

    /** What the leader answers, once somebody leads who does. */
    private Response ask(Command command) {
        for (int attempts = 0; attempts < 10; attempts++) {
            answers.clear();
            cluster.request(leader(), command);
            runUntil(() -> !answers.isEmpty(), flight -> true);
            var answer = answers.values().iterator().next();
            if (answer instanceof Response.Ok) {
                return answer;
            }
        }
        throw new AssertionError("nobody answers " + command);
    }

    private void fill() {
        for (int i = 0; i < 30; i++) {
            ask(Alone.put("filler", "value " + i));
        }
    }

    private Response counter() {
        return ask(new Command.Get(K));
    }

    private static Response found(String text) {
        return new Response.Ok(new Result.Found(Bytes.utf8(text)));
    }

    private void open() {
        cluster.start();
        assertThat(ask(new Command.OpenSession())).isEqualTo(ONE);
    }

    /** The leader appends a command and both followers have it, but nobody hears that it is committed. */
    private Node attemptWithoutAnAnswer() {
        var leader = leader();
        answers.clear();
        cluster.request(leader, FIRST);
        long index = leader.raft.durable().log().lastIndex();
        runUntil(
                () -> cluster.nodes().stream()
                        .allMatch(node -> node.raft.durable().log().lastIndex() >= index),
                flight -> !flight.to().equals(leader.id) || !(flight.message() instanceof RaftMessage.AppendReply));
        assertThat(answers).isEmpty();
        cluster.crash(leader);
        return leader;
    }

    @Test
    @Tag("hard-case-16")
    void aCommandWhoseLeaderDiedBeforeItAnsweredIsAppliedOnceByTheNextOne() {
        open();
        var old = attemptWithoutAnAnswer();
        assertThat(ask(FIRST)).isEqualTo(ONE);
        assertThat(ask(FIRST)).isEqualTo(ONE);
        assertThat(leader().id).isNotEqualTo(old.id);
        assertThat(counter()).isEqualTo(found("1"));
    }

    @Test
    @Tag("hard-case-16")
    void aCommandThatIsAskedAgainAfterARestartOfAllNodesIsAppliedOnce() {
        open();
        assertThat(ask(FIRST)).isEqualTo(ONE);
        fill();
        assertThat(noted)
                .as("each begins with a snapshot")
                .contains("n1 rewrites its journal", "n2 rewrites its journal");
        for (var node : cluster.nodes()) {
            cluster.crash(node);
            cluster.restart(node, 0);
        }
        assertThat(ask(FIRST)).isEqualTo(ONE);
        assertThat(ask(new InSession(1, 2, new Increment(K, 1)))).isEqualTo(new Response.Ok(new Result.WholeNumber(2)));
    }

    @Test
    @Tag("hard-case-22")
    void aFollowerThatGotASnapshotLeadsAndKnowsWhatWasApplied() {
        open();
        var lagging = cluster.nodes().stream()
                .filter(node -> !node.equals(leader()))
                .findFirst()
                .orElseThrow();
        cluster.crash(lagging);
        assertThat(ask(FIRST)).isEqualTo(ONE);
        fill();
        cluster.restart(lagging, 0);
        runUntil(() -> noted.contains(lagging.id + " installed a snapshot"), flight -> true);
        fill();
        cluster.crash(leader());
        runUntil(
                () -> lagging.raft.role() == Role.LEADER,
                flight -> flight.from().equals(lagging.id) || !isCandidacy(flight));
        assertThat(ask(FIRST)).isEqualTo(ONE);
        assertThat(counter()).isEqualTo(found("1"));
    }

    private static boolean isCandidacy(Flight flight) {
        return flight.message() instanceof RaftMessage.PreVote || flight.message() instanceof RaftMessage.RequestVote;
    }

    @Test
    void howManySessionsAreRememberedMayNotChangeWhileThereIsData() {
        var provider = new RaftProvider();
        var members = Members.of(3);
        var config = Configs.DEFAULT;
        provider.checkChange(config, members, Configs.of(false, false, ReadPath.LOG), members);
        assertThatThrownBy(() -> provider.checkChange(config, members, provider.inMiniature(config), members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raft goes on with the sessions that it began with, 10000, not with");
    }
}
