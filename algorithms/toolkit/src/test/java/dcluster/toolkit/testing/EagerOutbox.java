package dcluster.toolkit.testing;

import dcluster.spi.Eager;
import dcluster.spi.NodeId;
import dcluster.spi.Outbox;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.testing.RecordingContext.Replied;
import dcluster.toolkit.testing.RecordingContext.Sent;
import java.util.function.Consumer;

/** Lets out at once what may overtake the disk, and refuses what may not. */
record EagerOutbox<M>(NodeId self, Consumer<Sent<M>> sent, Consumer<Replied> replied) implements Outbox<M> {
    @Override
    public void send(NodeId to, M message) {
        if (!(message instanceof Eager) || to.equals(self)) {
            throw new IllegalStateException("not to be sent eagerly: to=" + to + " message=" + message);
        }
        sent.accept(new Sent<>(to, message, true));
    }

    @Override
    public void reply(Request request, Response response) {
        replied.accept(new Replied(request, response, true));
    }
}
