package dcluster.runtime.gateway;

import dcluster.runtime.gateway.GatewayOptions.Bounds;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;

/** A client on a socket in memory, before a node that answers when told: what tests of connections begin with. */
abstract class OneClient {
    static final Response OK = new Response.Ok(new Result.Applied(true));
    static final Bounds USUAL = Bounds.USUAL;

    final FakeLoop loop = new FakeLoop();
    final FakeWire wire = new FakeWire();
    final ManualSink sink = new ManualSink(false);
    Hub hub = hub(USUAL, 10);
    Connection connection = open(wire);

    static Response found(int size) {
        return new Response.Ok(new Result.Found(Bytes.copyOf(new byte[size])));
    }

    void start(Bounds bounds) {
        hub = hub(bounds, 10);
        connection = open(wire);
    }

    Hub hub(Bounds bounds, int clients) {
        var options = GatewayRig.anyPort().withMaxConnections(clients).withBounds(bounds);
        return new Hub(options, sink, GatewayRig.FACTS, loop);
    }

    Connection open(FakeWire on) {
        var opened = hub.open(on).orElseThrow();
        on.onClose(opened::closed);
        return opened;
    }

    /** All in one read. */
    void say(String... requests) {
        var bytes = new StringBuilder();
        for (var request : requests) {
            bytes.append(Resp.command(request));
        }
        connection.received(Resp.bytes(bytes.toString()));
    }

    String heard() {
        loop.run();
        return wire.takeSent().replace("\r\n", " ");
    }

    static Command put(String key, String value) {
        return new Command.Put(Bytes.utf8(key), Bytes.utf8(value));
    }

    static Command get(String key) {
        return new Command.Get(Bytes.utf8(key));
    }
}
