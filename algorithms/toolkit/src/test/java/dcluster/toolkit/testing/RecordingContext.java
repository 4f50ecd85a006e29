package dcluster.toolkit.testing;

import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Outbox;
import dcluster.spi.Request;
import dcluster.spi.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A context in which one replica runs alone, while its test plays disk, network, clock and clients. It keeps the
 * contract of {@link Context} and fails with an {@link IllegalStateException} where the algorithm breaks it.
 *
 * <pre>{@code
 * var context = new RecordingContext<Message, Record, Timer>(N1, Members.of(3), 42);
 * var raft = context.attach(new Raft(config, context));      // start() is called
 * context.receive(N2, new RequestVote(...));                 // one turn
 * assertThat(context.sent()).isEmpty();                      // the vote waits for the disk
 * context.durable();
 * assertThat(context.sent()).containsExactly(new Sent<>(N2, new VoteReply(...), false));
 * }</pre>
 *
 * <p>Each of {@link #receive}, {@link #request}, each timer and each message to itself is a turn of its own; for a turn
 * of several events call the algorithm directly, and its {@code endTurn} last.
 */
public final class RecordingContext<M, R, T> implements Context<M, R, T> {
    /** A message that left for another node. */
    public record Sent<M>(NodeId to, M message, boolean eager) {}

    /** An answer that left for a client. */
    public record Replied(Request request, Response response, boolean eager) {}

    /** What an algorithm told people. */
    public record Note(String event, List<Object> details) {}

    private static final long WALL_AHEAD_NANOS = Duration.ofDays(20_000).toNanos();

    private final NodeId self;
    private Membership members;
    private final RandomGenerator random;
    private @Nullable Algorithm<M, R, T> algorithm;
    private boolean replaying;
    private long incarnation = 1;
    private long nowNanos;
    private long capacityBytes = Long.MAX_VALUE;

    private final RecordedJournal<R> journal = new RecordedJournal<>();
    // What waits: outputs for the disk, messages to itself for a later turn, timers for their time.
    private final HeldOutputs held = new HeldOutputs();
    private final List<M> toSelf = new ArrayList<>();
    private final VirtualTimers<T> timers = new VirtualTimers<>();

    // What left.
    private final List<Sent<M>> sent = new ArrayList<>();
    private final Replies replies = new Replies();
    private final List<Note> notes = new ArrayList<>();
    private long requests;

    public RecordingContext(NodeId self, Membership members, long seed) {
        this.self = self;
        this.members = members;
        this.random = new SplittableRandom(seed);
    }

    // The test's side: events

    /** Makes this the replica that runs here, and starts it. */
    public <A extends Algorithm<M, R, T>> A attach(A replica) {
        algorithm = replica;
        held.newEvent(journal.size());
        replica.start();
        replica.endTurn();
        return replica;
    }

    /** A message arrives. */
    public void receive(NodeId from, M message) {
        held.newEvent(journal.size());
        algorithm().onMessage(from, message);
        algorithm().endTurn();
    }

    /** A client asks; the request is returned, to find its answer by. */
    public Request request(Command command) {
        var request = new Request(++requests, command);
        held.newEvent(journal.size());
        algorithm().onRequest(request);
        algorithm().endTurn();
        return request;
    }

    /**
     * Everything journalled so far becomes durable, what waited for it leaves, a rewriting of the journal that was
     * begun is completed, and the messages to itself that left before or now arrive; those that they cause wait for the
     * next call.
     */
    public void durable() {
        durable(journal.size());
        receiveOwn();
    }

    /** The messages to itself that left before now arrive; those that they cause wait for the next call. */
    public void receiveOwn() {
        var arriving = List.copyOf(toSelf);
        toSelf.clear();
        for (var message : arriving) {
            receive(self, message);
        }
    }

    /** As {@link #durable()} for the first {@code count} records alone; messages to itself stay where they are. */
    public void durable(int count) {
        journal.durable(count);
        held.release(journal.durableCount());
        held.move(journal.completeRewriting());
    }

    /** Moves both clocks; timers that run out meanwhile fire at their time, in its order, each in a turn of its own. */
    public void advance(Duration duration) {
        long end = nowNanos + duration.toNanos();
        for (var next = timers.next(end); next.isPresent(); next = timers.next(end)) {
            nowNanos = Math.max(nowNanos, next.get().nanos());
            timers.stop(next.get().timer());
            held.newEvent(journal.size());
            algorithm().onTimer(next.get().timer());
            algorithm().endTurn();
        }
        nowNanos = end;
    }

    /**
     * The process dies and a new one starts on its folder: what was not durable is gone but for the first
     * {@code survivors} undurable records, as are held outputs, messages to itself, timers and an unfinished rewriting.
     */
    public <A extends Algorithm<M, R, T>> A crashAndRestart(Function<Context<M, R, T>, A> make, int survivors) {
        journal.crash(survivors);
        held.clear();
        toSelf.clear();
        timers.clear();
        incarnation++;
        return attach(replayed(make));
    }

    public <A extends Algorithm<M, R, T>> A crashAndRestart(Function<Context<M, R, T>, A> make) {
        return crashAndRestart(make, 0);
    }

    /** The process dies, its folder is emptied, and a new process starts on that as a wiped node's. */
    public <A extends Algorithm<M, R, T>> A wipeAndRestart(Function<Context<M, R, T>, A> make) {
        journal.wipe();
        return crashAndRestart(make);
    }

    /** Another replica that was made from the journal as it is, durable or not; it is not started and runs nowhere. */
    public <A extends Algorithm<M, R, T>> A replayed(Function<Context<M, R, T>, A> make) {
        replaying = true;
        try {
            var replica = make.apply(this);
            journal.records().forEach(replica::replay);
            return replica;
        } finally {
            replaying = false;
        }
    }

    // The test's side: what was recorded

    /** All messages to other nodes that left, in their order. */
    public List<Sent<M>> sent() {
        return List.copyOf(sent);
    }

    /** The messages of one type to one node that left, in their order. */
    public <X extends M> List<X> sent(NodeId to, Class<X> type) {
        return sent.stream()
                .filter(one -> one.to().equals(to) && type.isInstance(one.message()))
                .map(one -> type.cast(one.message()))
                .toList();
    }

    /** All answers to clients that left, in their order; a second answer to one request is left out. */
    public List<Replied> replies() {
        return replies.all();
    }

    public Optional<Response> reply(Request request) {
        return replies.to(request);
    }

    /** How many records there were for which an ordinary output of the same event had to wait. */
    public long forcedWrites() {
        return held.forcedWrites();
    }

    /** All records, durable or not. */
    public List<R> records() {
        return journal.records();
    }

    public int durableCount() {
        return journal.durableCount();
    }

    public int held() {
        return held.size();
    }

    /** Messages to itself that left and wait for the next turn. */
    public List<M> toSelf() {
        return List.copyOf(toSelf);
    }

    /** The timers that run, with the time that remains. */
    public Map<T, Duration> timers() {
        return timers.remaining(nowNanos);
    }

    public List<Note> notes() {
        return List.copyOf(notes);
    }

    /** Forgets messages, answers and notes that left; journal, timers and what waits stay. */
    public void clear() {
        sent.clear();
        replies.clear();
        notes.clear();
    }

    /** How {@link #journalBytes} weighs a record; 100 bytes each unless told. */
    public void weighRecords(ToLongFunction<R> bytes) {
        journal.weigh(bytes);
    }

    /** What the clients' data may take in memory; without bound unless told. */
    public void capacity(long bytes) {
        capacityBytes = bytes;
    }

    /** The file of the cluster names these nodes from now on; a process reads it when it starts. */
    public void members(Membership next) {
        members = next;
    }

    /** Whether a rewriting of the journal was begun and not completed. */
    public boolean rewriting() {
        return journal.rewriting();
    }

    /** Gives up a rewriting of the journal, as for want of room on the disk. The algorithm is not told. */
    public void abandonRewriting() {
        journal.abandonRewriting();
    }

    // The algorithm's side

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public Membership members() {
        return members;
    }

    @Override
    public long incarnation() {
        notInReplay("incarnation");
        return incarnation;
    }

    @Override
    public boolean isWiped() {
        notInReplay("isWiped");
        return journal.isWiped();
    }

    @Override
    public long nowNanos() {
        notInReplay("nowNanos");
        return nowNanos;
    }

    @Override
    public long wallNanos() {
        notInReplay("wallNanos");
        return nowNanos + WALL_AHEAD_NANOS;
    }

    @Override
    public RandomGenerator random() {
        notInReplay("random");
        return random;
    }

    @Override
    public void journal(R record) {
        notInReplay("journal");
        journal.add(record);
        replaying = true;
        algorithm().replay(record);
        replaying = false;
    }

    @Override
    public long journalBytes() {
        notInReplay("journalBytes");
        return journal.bytes();
    }

    @Override
    public boolean compact(Iterator<R> state) {
        notInReplay("compact");
        return journal.rewrite(state);
    }

    @Override
    public long capacityBytes() {
        notInReplay("capacityBytes");
        return capacityBytes;
    }

    @Override
    public void send(NodeId to, M message) {
        notInReplay("send");
        hold(to.equals(self) ? () -> toSelf.add(message) : () -> sent.add(new Sent<>(to, message, false)));
    }

    @Override
    public void reply(Request request, Response response) {
        notInReplay("reply");
        hold(() -> replies.add(new Replied(request, response, false)));
    }

    private void hold(Runnable release) {
        if (journal.durableCount() == journal.size()) {
            release.run();
        } else {
            held.add(journal.size(), release);
        }
    }

    @Override
    public Outbox<M> eagerly() {
        notInReplay("eagerly");
        return new EagerOutbox<>(self, sent::add, replies::add);
    }

    @Override
    public void startTimer(T timer, Duration delay) {
        notInReplay("startTimer");
        timers.start(timer, nowNanos + delay.toNanos());
    }

    @Override
    public void stopTimer(T timer) {
        notInReplay("stopTimer");
        timers.stop(timer);
    }

    @Override
    public void note(String event, Object... details) {
        notInReplay("note");
        notes.add(new Note(event, Arrays.asList(details)));
    }

    private Algorithm<M, R, T> algorithm() {
        if (algorithm == null) {
            throw new IllegalStateException("attach an algorithm first");
        }
        return algorithm;
    }

    private void notInReplay(String use) {
        if (replaying) {
            throw new IllegalStateException("replay uses no context: " + use);
        }
    }
}
