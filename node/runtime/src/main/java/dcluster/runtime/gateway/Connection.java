package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Response;
import java.util.List;

/**
 * One client: its bytes become requests, those become commands for the node or answers of the gateway, and replies go
 * out in the order of the requests. On the loop only.
 *
 * <p>It stops taking requests, in the middle of what arrived if need be, while too many of them are unfinished, too
 * much waits for its turn, its client does not take its replies, or the node has no room. It also stops behind a WATCH
 * until that is answered: what a client reads behind it must not be older than the version that it watches.
 */
final class Connection {
    /** The first may come just after the replies, another just after a time in which this process was stopped. */
    private static final int STUCK_LOOKS = 3;

    private static final String OVERLOADED =
            "OVERLOADED the clients of this node hold too many bytes of requests together";

    private final Wire wire;
    private final Hub hub;
    private final Session session;
    private final RespParser parser = new RespParser();
    private final KeyOrder order;
    private final Outlet outlet;

    private long heldBytes;
    private boolean watching;
    private boolean taking;
    private boolean stalled;
    private boolean awaitingRoom;
    private boolean inputEnded;
    private boolean ending;
    private boolean closed;
    private int stuckLooks;

    Connection(Wire wire, Hub hub, Session session) {
        this.wire = wire;
        this.hub = hub;
        this.session = session;
        order = new KeyOrder(hub.sink().ordersWrites(), this::submit);
        outlet = new Outlet(wire, hub, this::proceed);
    }

    /** Bytes arrived. */
    void received(byte[] bytes) {
        hub.counters().readBytes += bytes.length;
        if (ending || outlet.isClosed()) {
            return;
        }
        parser.add(bytes);
        take();
    }

    /**
     * The wire is closed, whoever closed it. Commands that were submitted take their course, those that waited never
     * come.
     */
    void closed() {
        if (closed) {
            return;
        }
        closed = true;
        ending = true;
        order.close();
        outlet.close();
        hub.held().change(-heldBytes);
        heldBytes = 0;
        hub.gone(this);
    }

    /** Takes no request any more, and closes once those that came are answered. */
    void finish() {
        ending = true;
        outlet.end();
    }

    /**
     * The client has closed its sending side: what came whole is answered, then the wire is closed. What came in part
     * only never becomes whole.
     */
    void inputEnded() {
        inputEnded = true;
        if (!stalled) {
            finish();
        }
    }

    /**
     * Every so often. A client that waits for nothing but its replies and takes none of them would stay for ever, so it
     * is let go. Of one that is not read, because it takes no replies, nobody knows whether it has ended: so it is read
     * on, up to what all clients may hold together, which gives way.
     */
    void look() {
        stuckLooks = outlet.isStuck() ? stuckLooks + 1 : 0;
        boolean stuck = stuckLooks >= STUCK_LOOKS;
        if (stuck && (inputEnded || ending)) {
            outlet.letGo();
        } else if (stuck && stalled) {
            wire.resume();
        } else if (stalled) {
            // It may have been read on until now.
            wire.pause();
        }
    }

    /** The node has room again. */
    void roomIsThere() {
        awaitingRoom = false;
        proceed();
    }

    // Requests

    private void take() {
        taking = true;
        while (!ending && !outlet.isClosed() && !mustWait()) {
            var incoming = parser.next();
            if (incoming == null) {
                break;
            }
            hub.counters().requests++;
            handle(incoming);
        }
        taking = false;
        account();
        if (!ending && mustWait()) {
            stall();
        }
    }

    private void handle(Incoming incoming) {
        if (incoming instanceof Incoming.Request request) {
            carryOut(request);
        } else if (incoming instanceof Incoming.Refused refused) {
            refuse(refused.error());
        } else if (incoming instanceof Incoming.Broken broken) {
            hub.counters().protocolErrors++;
            sendError(broken.error());
            finish();
        }
    }

    private Plan plan(List<Bytes> words) {
        try {
            return hub.commands().plan(new Words(words), session);
        } catch (Refusal refusal) {
            hub.counters().refused++;
            session.refused();
            return new Plan.Answer(Reply.error(refusal.error()));
        }
    }

    private void carryOut(Incoming.Request request) {
        long kept = session.heldBytes();
        var plan = plan(request.words());
        int bytes = request.bytes();
        if (plan instanceof Plan.Execute execute) {
            // What was queued is held on, by the command that EXEC has made of it.
            execute(execute, bytes + (int) Math.max(0, kept - session.heldBytes()));
        } else if (session.heldBytes() > kept && holdsTooMuch()) {
            refuse(OVERLOADED);
        } else if (plan instanceof Plan.Answer answer) {
            outlet.send(answer.reply(), bytes);
        } else if (plan instanceof Plan.Farewell farewell) {
            outlet.send(farewell.reply(), bytes);
            finish();
        }
    }

    private void execute(Plan.Execute plan, int bytes) {
        boolean watches = plan.rendering() == Shape.WATCHED;
        if (holdsTooMuch() && (watches || order.wouldWait(plan.command()))) {
            if (watches) {
                session.multi().breakUp();
            }
            refuse(OVERLOADED);
            return;
        }
        watching = watches;
        order.add(new Task(plan, outlet.reserve(), bytes, System.nanoTime()));
    }

    private void refuse(String error) {
        hub.counters().refused++;
        session.refused();
        sendError(error);
    }

    private void sendError(String error) {
        outlet.send(Reply.error(error), error.length());
    }

    private void submit(Task task) {
        hub.sink().submit(task.plan().command(), response -> answered(task, response));
    }

    private void answered(Task task, Response response) {
        if (closed) {
            return;
        }
        if (response instanceof Response.Ok) {
            var latency = task.reads() ? hub.counters().readLatency : hub.counters().writeLatency;
            latency.record(System.nanoTime() - task.sinceNanos());
        }
        var plan = task.plan();
        if (plan.rendering() == Shape.WATCHED) {
            watching = false;
            session.multi().watched(plan.command().keys(), response);
        }
        var told = hub.answers().told(plan.command(), response, outlet.spareBytes());
        outlet.fill(task.slot(), writer -> hub.answers().write(plan, told, writer), Answers.bytesOf(told));
        order.finished(task);
        if (!taking) {
            account();
            proceed();
        }
    }

    // Bounds

    private boolean mustWait() {
        var bounds = hub.bounds();
        return watching
                || outlet.unfinished() >= bounds.pipelineDepth()
                || order.waitingBytes() >= bounds.waitingBytes()
                || outlet.unsentBytes() >= bounds.pauseUnsentBytes()
                || !hub.room().isThere();
    }

    private boolean hasHalvedItsLoad() {
        var bounds = hub.bounds();
        return !watching
                && outlet.unfinished() <= bounds.pipelineDepth() / 2
                && order.waitingBytes() <= bounds.waitingBytes() / 2
                && outlet.unsentBytes() <= bounds.pauseUnsentBytes() / 2;
    }

    private void stall() {
        if (!stalled) {
            stalled = true;
            // To wait for a WATCH is no sign of load.
            hub.counters().pauses += watching ? 0 : 1;
            wire.pause();
        }
        if (!awaitingRoom && !hub.room().isThere()) {
            awaitingRoom = true;
            hub.room().await(this);
        }
    }

    /** Goes on where it stopped, if what stopped it is over. */
    private void proceed() {
        if (!stalled || closed || !hasHalvedItsLoad()) {
            return;
        }
        if (!hub.room().isThere()) {
            stall();
            return;
        }
        stalled = false;
        take();
        if (stalled || closed) {
            return;
        }
        if (inputEnded) {
            finish();
        } else {
            wire.resume();
        }
    }

    /** Tells all connections' sum what this one holds, and gives way if it holds more than its share of too much. */
    private void account() {
        if (closed) {
            return;
        }
        tellHeld();
        if (holdsTooMuch()) {
            giveWay();
        }
    }

    private void tellHeld() {
        long now = parser.heldBytes() + order.waitingBytes() + session.heldBytes();
        hub.held().change(now - heldBytes);
        heldBytes = now;
    }

    private boolean holdsTooMuch() {
        return hub.held().isTooMuch(heldBytes, hub.connectionCount());
    }

    /**
     * What is read in part is passed over and then refused; a client that pipelines whole requests by the megabyte is
     * let go.
     */
    private void giveWay() {
        parser.refuse(OVERLOADED);
        tellHeld();
        if (holdsTooMuch() && parser.hasUnread() && !ending) {
            hub.counters().dropped++;
            sendError(OVERLOADED);
            finish();
        }
    }
}
