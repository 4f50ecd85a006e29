package dcluster.runtime;

import dcluster.host.Envelope;
import dcluster.host.Transport;
import dcluster.spi.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the transport until it can be made: that needs the incarnation, which needs the journal, whose replay
 * needs the resident, which needs a transport. Until then nothing is connected.
 */
final class DeferredTransport<M> implements Transport<M> {
    private @Nullable Transport<M> transport;

    void attach(Transport<M> made) {
        transport = made;
    }

    @Override
    public boolean send(NodeId to, Envelope<M> envelope) {
        return transport != null && transport.send(to, envelope);
    }

    @Override
    public void flush() {
        if (transport != null) {
            transport.flush();
        }
    }
}
