package dcluster.host;

import dcluster.codec.ByteReader;
import dcluster.codec.Codec;
import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Status;
import dcluster.spi.Traits;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * One node's algorithm and what it stands on: turns, output commit, timers, requests and forwarding. It is the same in
 * a process and in a simulation; only its {@link World} differs.
 */
public final class Host<M, R, T> implements Resident<M> {
    /** Outputs that may be held before no turn starts; each is small, what it carries is shared with the state. */
    private static final int MOST_HELD = 1 << 20;

    private final HostOptions options;
    private final World<M> world;
    private final Traits traits;
    private final Points points;
    private final Transport<M> transport;
    private final Codec<R> codec;
    private final Algorithm<M, R, T> algorithm;

    private final Turns turns;
    private final Journaling<R> journaling;
    private final Compactor<R> compactor;
    private final HeldOutputs held = new HeldOutputs();
    private final Timers<T> timers = new Timers<>();
    private final Wakeups wakeups;
    private final RequestTable requests;
    private final Forwarding<M> forwarding;
    private final Room room = new Room(this::hasRoom);
    private final HostFigures figures = new HostFigures();
    private long incarnation;
    private boolean isWiped;

    /** The client's write that the algorithm is just being given; 0 if it has said what becomes of it. */
    private long undecided;

    public <C extends Record> Host(
            HostOptions options, AlgorithmProvider<M, R, T, C> provider, C config, Place<M> place) {
        this.options = options;
        world = place.world();
        traits = provider.traits(config);
        points = Points.of(provider, world.transport()::flush);
        transport = new WatchedTransport<>(world.transport(), points);
        requests = new RequestTable(points);
        codec = Codec.of(provider.recordType());
        turns = new Turns(world.loop(), options.turnEvents(), this::turn);
        journaling = new Journaling<>(codec, world.recorder(), turns::ask);
        compactor = new Compactor<>(journaling, world);
        wakeups = new Wakeups(world.loop(), world.clocks(), turns::ask);
        forwarding = new Forwarding<>(transport, requests, figures, ordersWrites());
        algorithm = provider.create(config, new HostContext<>(this, place));
    }

    // Life

    @Override
    public void replay(ByteReader record) {
        R decoded = codec.decode(record);
        record.end();
        algorithm.replay(decoded);
    }

    @Override
    public void start(long durableIncarnation, boolean wiped) {
        incarnation = durableIncarnation;
        isWiped = wiped;
        turns.add(algorithm::start);
    }

    @Override
    public void stop() {
        for (var open = requests.oldest(); open != null; open = requests.oldest()) {
            answerUnserved(open, "the node was stopped");
        }
        transport.flush();
    }

    // Events

    @Override
    public void receive(NodeId from, Envelope<M> envelope) {
        if (envelope instanceof Envelope.Message<M> message) {
            turns.add(() -> hear(from, message.content()));
        } else if (envelope instanceof Envelope.Forward<M> forward) {
            turns.add(() -> hear(from, forward));
        } else if (envelope instanceof Envelope.Answer<M> answer && answer.incarnation() == incarnation) {
            turns.add(() -> hear(from, answer));
        }
    }

    private void hear(NodeId from, M message) {
        points.pass(Point.Event.RECEIVES, message);
        algorithm.onMessage(from, message);
    }

    private void hear(NodeId from, Envelope.Forward<M> forward) {
        points.pass(Point.Event.RECEIVES, forward);
        serve(from, forward);
    }

    private void hear(NodeId from, Envelope.Answer<M> answer) {
        points.pass(Point.Event.RECEIVES, answer);
        forwarding.answered(from, answer.id(), answer.response());
    }

    @Override
    public void lost(NodeId peer) {
        turns.add(() -> forwarding.lost(peer));
    }

    @Override
    public void submit(Command command, Consumer<Response> whenAnswered) {
        boolean mayForward = options.forwarding() && !(command instanceof Command.Operation);
        turns.add(() -> ask(command, whenAnswered, mayForward));
    }

    private void serve(NodeId from, Envelope.Forward<M> forward) {
        switch (forwarding.accept(from, forward)) {
            case NEW -> ask(from, forward);
            case OUTLIVED ->
                answerPeer(
                        from,
                        forward,
                        Outcomes.unanswered(forward.command(), "a later incarnation of " + from + " has sent since"));
            case REPEATED -> {
                // The first is answered; an answer to this one might overtake that.
            }
        }
    }

    /** An operator means the node whose admin port was asked: no node of ours sends such a forward. */
    private void ask(NodeId from, Envelope.Forward<M> forward) {
        if (forward.command() instanceof Command.Operation) {
            answerPeer(from, forward, Outcomes.notFromHere("an operation is asked of a node's admin port alone"));
        } else {
            ask(forward.command(), response -> answerPeer(from, forward, response), false);
        }
    }

    /** An answer that cannot be sent is replaced by one that can. */
    private void answerPeer(NodeId from, Envelope.Forward<M> forward, Response response) {
        var passable = Outcomes.passable(forward.command(), response);
        if (!transport.send(from, answer(forward, passable))) {
            var instead = Outcomes.unanswered(
                    forward.command(), "the answer could not be passed on, too much waits for " + from);
            transport.send(from, answer(forward, instead));
        }
    }

    private Envelope<M> answer(Envelope.Forward<M> forward, Response response) {
        return new Envelope.Answer<>(forward.incarnation(), forward.id(), response);
    }

    private void ask(Command command, Consumer<Response> whenAnswered, boolean mayForward) {
        var refusal = traits.refusal(command);
        if (refusal.isPresent()) {
            whenAnswered.accept(new Response.Failed(Response.Reason.UNSUPPORTED, refusal.get()));
            return;
        }
        long deadline = world.clocks().nowNanos() + options.requestTimeout().toNanos();
        var request = requests.open(command, whenAnswered, mayForward, deadline);
        figures.requests++;
        undecided = mayForward && !command.isRead() ? request.id() : 0;
        algorithm.onRequest(request);
        keepUndecided();
    }

    /** Whether the algorithm takes the write that it was just given; if it says nothing at once, it does. */
    private void decide(Request request, Response response) {
        if (request.id() != undecided) {
            return;
        }
        if (response instanceof Response.Redirect || response instanceof Response.Failed) {
            undecided = 0;
        } else {
            keepUndecided();
        }
    }

    private void keepUndecided() {
        if (undecided != 0) {
            forwarding.keptHere(undecided);
            undecided = 0;
        }
    }

    // Turns

    private void turn() {
        points.passDurable(journaling.durable());
        held.release(journaling.durable());
        if (isBlocked()) {
            transport.flush();
            return;
        }
        long recordsBefore = journaling.appended();
        int events = turns.deliver();
        long now = world.clocks().nowNanos();
        events += runOutTimers(now);
        expireRequests(now);
        algorithm.endTurn();
        compactor.step(turns::ask);
        journaling.endTurn();
        figures.turned(events, journaling.appended() - recordsBefore);
        transport.flush();
        plan();
    }

    /**
     * Messages come before timers: a node that was paused hears what is waiting before it concludes that nobody spoke.
     * Returns how many there were.
     */
    private int runOutTimers(long now) {
        int count = 0;
        for (T timer : timers.due(now)) {
            if (timers.expire(timer, now)) {
                count++;
                algorithm.onTimer(timer);
            }
        }
        return count;
    }

    private void expireRequests(long now) {
        for (var open = requests.overdue(now); open != null; open = requests.overdue(now)) {
            figures.expired++;
            answerUnserved(open, "no answer within " + options.requestTimeout().toMillis() + " ms");
        }
    }

    private void plan() {
        if (turns.waiting() > 0) {
            turns.ask();
        }
        if (!timers.isEmpty()) {
            wakeups.at(timers.nextAlarm());
        }
        var oldest = requests.oldest();
        if (oldest != null) {
            wakeups.at(oldest.deadline());
        }
        room.open();
    }

    // What the context asks for

    void journal(R record) {
        // In this order: a record at which an invariant breaks must not reach the disk, where each restart would find
        // it.
        algorithm.replay(record);
        journaling.append(record);
        points.passRecord(journaling.appended(), record);
    }

    void hold(Runnable output) {
        held.give(journaling.appended(), journaling.durable(), output);
    }

    void toSelf(NodeId self, M message) {
        turns.add(() -> algorithm.onMessage(self, message));
    }

    void toPeer(NodeId to, M message) {
        transport.send(to, new Envelope.Message<>(message));
    }

    void reply(Request request, Response response) {
        decide(request, response);
        hold(() -> answer(request, response));
    }

    void replyEagerly(Request request, Response response) {
        decide(request, response);
        answer(request, response);
    }

    private void answer(Request request, Response response) {
        if (response instanceof Response.Redirect redirect) {
            redirect(request, redirect);
        } else {
            requests.answer(request.id(), response);
        }
    }

    private void redirect(Request request, Response.Redirect redirect) {
        var open = requests.find(request.id());
        if (open != null && open.mayForward()) {
            forwarding.forward(open, redirect.to(), incarnation);
        } else {
            requests.answer(request.id(), redirect);
        }
    }

    private void answerUnserved(RequestTable.Open open, String why) {
        forwarding.forget(open.request().id());
        requests.answer(open.request().id(), Outcomes.unanswered(open.request().command(), why));
    }

    Journaling<R> journaling() {
        return journaling;
    }

    Compactor<R> compactor() {
        return compactor;
    }

    Timers<T> timers() {
        return timers;
    }

    long incarnation() {
        return incarnation;
    }

    boolean isWiped() {
        return isWiped;
    }

    long capacityBytes() {
        return options.capacityBytes();
    }

    // Pressure, status

    @Override
    public boolean hasRoom() {
        return requests.bytes() < options.requestBytes() && journaling.undurableBytes() < options.undurableBytes() / 2;
    }

    @Override
    public void whenRoom(Runnable task) {
        room.await(task);
        turns.ask();
    }

    @Override
    public boolean ordersWrites() {
        return traits.has(Traits.Property.ORDERS_WRITES);
    }

    @Override
    public SortedMap<String, String> operations() {
        return traits.operations();
    }

    @Override
    public Optional<Points> points() {
        return Optional.of(points);
    }

    @Override
    public boolean isFull() {
        return isBlocked() || turns.waiting() >= options.turnEvents();
    }

    private boolean isBlocked() {
        return journaling.undurableBytes() >= options.undurableBytes() || held.size() >= MOST_HELD;
    }

    @Override
    public Status status() {
        return algorithm.status();
    }

    /** The algorithm itself, for invariants that look at all replicas. */
    public Algorithm<M, R, T> algorithm() {
        return algorithm;
    }

    @Override
    public Map<String, Figure> figures() {
        return figures.all();
    }
}
