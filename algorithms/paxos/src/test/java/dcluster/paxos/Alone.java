package dcluster.paxos;

import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Heartbeat;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Suspect;
import dcluster.paxos.PaxosMessage.Suspected;
import dcluster.spi.NodeId;
import dcluster.toolkit.Marks;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One replica, {@code n2}, whose peers are played by the test. Its clock stands still unless the test moves it. */
final class Alone {
    static final NodeId N1 = new NodeId("n1");
    static final NodeId SELF = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");
    static final NodeId N4 = new NodeId("n4");
    static final NodeId N5 = new NodeId("n5");

    final RecordingContext<PaxosMessage, PaxosRecord, PaxosTimer> context;
    final PaxosConfig config;
    Paxos paxos;

    private Alone(int size, PaxosConfig config) {
        this.config = config;
        this.context = new RecordingContext<>(SELF, Members.of(size), 7);
        this.paxos = context.attach(new Paxos(config, context));
    }

    /** One that has heard of nothing. */
    static Alone of(int size, PaxosConfig config) {
        return new Alone(size, config);
    }

    /** One that has promised a ballot of n1, durably, and hears it no more. */
    static Alone promised(int size, PaxosConfig config, long round) {
        var alone = new Alone(size, config);
        alone.receive(N1, prepare(Single.ballot(round, "n1"), 1));
        alone.durable();
        alone.context.clear();
        return alone;
    }

    /** One that has begun a ballot, since all suspect that there is no leader; its own promise is durable. */
    static Alone preparing(int size, PaxosConfig config) {
        var alone = new Alone(size, config);
        alone.prepare();
        alone.durable();
        return alone;
    }

    /** One that was promised by all, and knows nothing to be accepted by anyone. */
    static Alone leader(int size, PaxosConfig config) {
        var alone = preparing(size, config);
        alone.context.clear();
        alone.context.members().others(SELF).forEach(id -> alone.receive(id, alone.promise()));
        alone.durable();
        return alone;
    }

    /** Suspects, and hears that all others do. */
    void prepare() {
        suspect();
        var asked = context.sent(N1, Suspect.class);
        long question = asked.get(asked.size() - 1).question();
        context.members().others(SELF).forEach(id -> receive(id, new Suspected(question)));
    }

    /** Moves the clock until it suspects that there is no leader. */
    void suspect() {
        for (int before = sent(N1, Suspect.class).size();
                before == sent(N1, Suspect.class).size(); ) {
            context.advance(Objects.requireNonNull(context.timers().get(PaxosTimer.SUSPICION)));
        }
    }

    void tick() {
        context.advance(config.heartbeatInterval());
    }

    void advanceMillis(long millis) {
        context.advance(Duration.ofMillis(millis));
    }

    void receive(NodeId from, PaxosMessage message) {
        context.receive(from, message);
    }

    /** All that was journalled is durable, and messages to itself have arrived. */
    void durable() {
        context.durable();
    }

    /** A crash that loses what was not durable. */
    void restart() {
        paxos = context.crashAndRestart(again -> new Paxos(config, again));
    }

    /** All is lost, and it comes back as a wiped node. */
    void wipe() {
        paxos = context.wipeAndRestart(again -> new Paxos(config, again));
    }

    List<PaxosMessage> sent(NodeId to) {
        return context.sent(to, PaxosMessage.class);
    }

    <M extends PaxosMessage> List<M> sent(NodeId to, Class<M> type) {
        return context.sent(to, type);
    }

    Role role() {
        return paxos.proposer().role();
    }

    long chosen() {
        return paxos.durable().chosen();
    }

    Vows vows() {
        return paxos.durable().vows();
    }

    /** The ballot that it has promised last. */
    Ballot ballot() {
        return Objects.requireNonNull(vows().promised());
    }

    // Messages

    /** A whole answer to its own ballot. */
    Promise promise(Placed... accepted) {
        return promise(ballot(), 1, 0, accepted);
    }

    /** The question of a proposer that was not ordered to take over. */
    static Prepare prepare(Ballot ballot, long slot) {
        return new Prepare(ballot, slot, false);
    }

    static Promise promise(Ballot ballot, long slot, long chosen, Placed... accepted) {
        return new Promise(ballot, slot, Long.MAX_VALUE, chosen, List.of(accepted), 1, Marks.NONE);
    }

    static Placed placed(long slot, Ballot ballot, Value value) {
        return new Placed(slot, new Proposal(ballot, value));
    }

    static Accept accept(Ballot ballot, long slot, long chosen, Value... values) {
        return new Accept(ballot, slot, Arrays.asList(values), chosen, 1);
    }

    static Heartbeat heartbeat(Ballot ballot, long chosen) {
        return new Heartbeat(ballot, chosen, 1);
    }
}
