package dcluster.raft;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.PreVote;
import dcluster.raft.RaftMessage.PreVoteReply;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.VoteReply;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.toolkit.Marks;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/** One replica, {@code n2}, whose peers are played by the test. Its clock stands still unless the test moves it. */
final class Alone {
    static final NodeId N1 = new NodeId("n1");
    static final NodeId SELF = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");
    static final NodeId N4 = new NodeId("n4");
    static final NodeId N5 = new NodeId("n5");

    /** As in the paper: without what the thesis adds. */
    static final RaftConfig PAPER = Configs.of(false, false, ReadPath.LOG);

    final RecordingContext<RaftMessage, RaftRecord, RaftTimer> context;
    final RaftConfig config;
    Raft raft;

    private Alone(int size, RaftConfig config) {
        this.config = config;
        this.context = new RecordingContext<>(size == 1 ? N1 : SELF, Members.of(size), 7);
        this.raft = context.attach(new Raft(config, context));
    }

    /** A follower with an empty log, in term 0. */
    static Alone of(int size, RaftConfig config) {
        return new Alone(size, config);
    }

    /** A follower of n1 that leads a term, with a log of entries of these terms, all durable. */
    static Alone follower(int size, RaftConfig config, long term, long... entryTerms) {
        var alone = new Alone(size, config);
        alone.receive(N1, append(term, 0, 0, 0, noOps(entryTerms)));
        alone.durable();
        alone.context.clear();
        return alone;
    }

    /** A candidate in the next term, whose vote for itself is durable and whose questions are out. */
    static Alone candidate(int size, RaftConfig config, long term, long... entryTerms) {
        var alone = term == 0 ? new Alone(size, config) : follower(size, config, term, entryTerms);
        alone.timeOut();
        if (config.preVote()) {
            alone.context.members().others(SELF).forEach(id -> alone.receive(id, new PreVoteReply(term + 1, true)));
        }
        alone.durable();
        return alone;
    }

    /** A leader of the next term that has sent its first entry to all, and whose own write of it is durable. */
    static Alone leader(int size, RaftConfig config, long term, long... entryTerms) {
        var alone = candidate(size, config, term, entryTerms);
        alone.context.clear();
        alone.context.members().others(SELF).forEach(id -> alone.receive(id, voted(term + 1, true)));
        alone.durable();
        return alone;
    }

    /** Moves the clock until an election timeout has run out. */
    void timeOut() {
        context.advance(config.electionTimeout().most());
    }

    void tick() {
        context.advance(config.heartbeatInterval());
    }

    void advanceMillis(long millis) {
        context.advance(Duration.ofMillis(millis));
    }

    /** The time until a timer that runs is due. */
    Duration remaining(RaftTimer timer) {
        return Objects.requireNonNull(context.timers().get(timer), "it does not run");
    }

    void receive(NodeId from, RaftMessage message) {
        context.receive(from, message);
    }

    /** Several messages of one sender in one turn. */
    void receiveTogether(NodeId from, RaftMessage... messages) {
        for (var message : messages) {
            raft.onMessage(from, message);
        }
        raft.endTurn();
    }

    /** All that was journalled is durable, and messages to itself have arrived. */
    void durable() {
        context.durable();
    }

    Request request(Command command) {
        return context.request(command);
    }

    /** A crash that loses what was not durable. */
    void restart() {
        raft = context.crashAndRestart(again -> new Raft(config, again));
    }

    /** A crash that loses everything, and is noticed. */
    void wipe() {
        raft = context.wipeAndRestart(again -> new Raft(config, again));
    }

    List<RaftMessage> sent(NodeId to) {
        return context.sent(to, RaftMessage.class);
    }

    <M extends RaftMessage> List<M> sent(NodeId to, Class<M> type) {
        return context.sent(to, type);
    }

    <M extends RaftMessage> M lastSent(NodeId to, Class<M> type) {
        var all = sent(to, type);
        return all.get(all.size() - 1);
    }

    long term() {
        return raft.durable().term();
    }

    Role role() {
        return raft.role();
    }

    long commit() {
        return raft.commit();
    }

    long applied() {
        return raft.durable().machine().applied();
    }

    List<Long> logTerms() {
        var log = raft.durable().log();
        return LongStream.rangeClosed(log.firstIndex(), log.lastIndex())
                .map(log::termAt)
                .boxed()
                .toList();
    }

    // Messages

    static AppendEntries append(long term, long previousIndex, long previousTerm, long commit, Entry... entries) {
        return new AppendEntries(term, previousIndex, previousTerm, commit, 0, List.of(entries));
    }

    static AppendReply agreed(long term, long index) {
        return new AppendReply(term, index, 1, true);
    }

    /** Of a node in its first incarnation that knows of no wipe. */
    static VoteReply voted(long term, boolean granted) {
        return voted(term, granted, 1);
    }

    /** Of a node in that incarnation that knows of no wipe. */
    static VoteReply voted(long term, boolean granted, long incarnation) {
        return new VoteReply(term, granted, incarnation, Marks.NONE);
    }

    static RequestVote requestVote(long term, long lastIndex, long lastTerm) {
        return new RequestVote(term, lastIndex, lastTerm, false);
    }

    static PreVote preVote(long term, long lastIndex, long lastTerm) {
        return new PreVote(term, lastIndex, lastTerm);
    }

    static Entry[] noOps(long... terms) {
        return Arrays.stream(terms).mapToObj(Entry.NoOp::new).toArray(Entry[]::new);
    }

    static Entry put(long term, String key, String value) {
        return new Entry.Apply(term, put(key, value));
    }

    static Command put(String key, String value) {
        return new Command.Put(Bytes.utf8(key), Bytes.utf8(value));
    }

    static Command get(String key) {
        return new Command.Get(Bytes.utf8(key));
    }
}
