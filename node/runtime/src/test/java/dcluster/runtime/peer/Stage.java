package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.await;

import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of three of which n1 is a transport, and the others what a test makes of them. */
final class Stage {
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    final Membership members = Net.members(3);
    private final List<AutoCloseable> open = new ArrayList<>();

    Stage() throws IOException {}

    Node start(PeerOptions options) throws Exception {
        return Node.start(vertx, Net.settings(members, Net.N1, 1, options));
    }

    FakePeer fake(NodeId self) throws IOException {
        return closing(new FakePeer(members, self));
    }

    FakePeer paired(Node node, NodeId self) throws Exception {
        var fake = fake(self);
        fake.pair(Net.N1, 1);
        await().until(() -> node.connections.contains("connected " + self + " 1"));
        return fake;
    }

    /** Will be closed with the stage. */
    <C extends AutoCloseable> C closing(C closeable) {
        open.add(closeable);
        return closeable;
    }

    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        for (var each : open) {
            each.close();
        }
    }
}
