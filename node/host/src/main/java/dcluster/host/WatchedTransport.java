package dcluster.host;

import dcluster.spi.NodeId;

/** A transport at which points are passed. */
final class WatchedTransport<M> implements Transport<M> {
    private final Transport<M> transport;
    private final Points points;

    WatchedTransport(Transport<M> transport, Points points) {
        this.transport = transport;
        this.points = points;
    }

    @Override
    public boolean send(NodeId to, Envelope<M> envelope) {
        if (!points.isArmed()) {
            return transport.send(to, envelope);
        }
        points.pass(Point.Event.SENDS, content(envelope));
        boolean isSent = transport.send(to, envelope);
        if (isSent) {
            points.pass(Point.Event.SENT, content(envelope));
        }
        return isSent;
    }

    /** What an envelope is named by: the message, or what the host says itself. */
    static Object content(Envelope<?> envelope) {
        return envelope instanceof Envelope.Message<?> message && message.content() != null
                ? message.content()
                : envelope;
    }

    @Override
    public void flush() {
        transport.flush();
    }
}
