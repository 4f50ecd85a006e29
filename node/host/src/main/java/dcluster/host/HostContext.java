package dcluster.host;

import dcluster.spi.Context;
import dcluster.spi.Eager;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Outbox;
import dcluster.spi.Request;
import dcluster.spi.Response;
import java.time.Duration;
import java.util.Iterator;
import java.util.random.RandomGenerator;

/** The context that a host gives its algorithm: each call goes to the part of the host whose matter it is. */
final class HostContext<M, R, T> implements Context<M, R, T> {
    private final Host<M, R, T> host;
    private final NodeId self;
    private final Membership members;
    private final World<M> world;
    private final Outbox<M> eager = new EagerOutbox();

    HostContext(Host<M, R, T> host, Place<M> place) {
        this.host = host;
        this.self = place.self();
        this.members = place.members();
        this.world = place.world();
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public long incarnation() {
        return host.incarnation();
    }

    @Override
    public boolean isWiped() {
        return host.isWiped();
    }

    @Override
    public Membership members() {
        return members;
    }

    @Override
    public long nowNanos() {
        return world.clocks().nowNanos();
    }

    @Override
    public long wallNanos() {
        return world.clocks().wallNanos();
    }

    @Override
    public RandomGenerator random() {
        return world.random();
    }

    @Override
    public void send(NodeId to, M message) {
        host.hold(to.equals(self) ? () -> host.toSelf(self, message) : () -> host.toPeer(to, message));
    }

    @Override
    public void reply(Request request, Response response) {
        host.reply(request, response);
    }

    @Override
    public void journal(R record) {
        host.journal(record);
    }

    @Override
    public long journalBytes() {
        return host.journaling().bytes();
    }

    @Override
    public boolean compact(Iterator<R> state) {
        return host.compactor().begin(state);
    }

    @Override
    public long capacityBytes() {
        return host.capacityBytes();
    }

    @Override
    public Outbox<M> eagerly() {
        return eager;
    }

    @Override
    public void startTimer(T timer, Duration delay) {
        host.timers().start(timer, nowNanos() + delay.toNanos());
    }

    @Override
    public void stopTimer(T timer) {
        host.timers().stop(timer);
    }

    @Override
    public void note(String event, Object... details) {
        world.notes().noted(event, details);
    }

    private final class EagerOutbox implements Outbox<M> {
        @Override
        public void send(NodeId to, M message) {
            if (!(message instanceof Eager)) {
                throw new IllegalStateException("a message type that is not declared Eager was sent eagerly: "
                        + message.getClass().getName());
            }
            if (to.equals(self)) {
                throw new IllegalStateException("a message to oneself cannot overtake the disk: " + message);
            }
            host.toPeer(to, message);
        }

        @Override
        public void reply(Request request, Response response) {
            host.replyEagerly(request, response);
        }
    }
}
