package dcluster.runtime.gateway;

import dcluster.host.CommandSink;
import dcluster.runtime.admin.Metrics;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** The connections of a gateway, and what they share. On the loop only. */
final class Hub {
    private static final String TOO_MANY = "-ERR max number of clients reached\r\n";

    private final GatewayOptions options;
    private final CommandSink sink;
    private final Room room;
    private final Turn turn;
    private final CommandTable commands = new CommandTable();
    private final Counters counters = new Counters();
    private final Answers answers;
    private final SharedBound held;
    private final SharedBound unsent;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private boolean closing;

    /** The executor runs a task on the loop once all that was ready was read. */
    Hub(GatewayOptions options, CommandSink sink, NodeFacts node, Executor endOfTurn) {
        this.options = options;
        this.sink = sink;
        room = new Room(sink);
        turn = new Turn(endOfTurn);
        answers = new Answers(node, counters, options.bounds().replyBytes());
        held = new SharedBound(options.bounds().sharedHeldBytes());
        unsent = new SharedBound(options.bounds().sharedUnsentBytes());
        KeyCommands.addTo(commands);
        TransactionCommands.addTo(commands);
        SessionCommands.addTo(commands);
        ClientCommands.addTo(commands, node.version());
        ServerCommands.addTo(commands, new InfoText(node, this::metrics), options.maxConnections());
    }

    /** A client came; empty if it was turned away. */
    Optional<Connection> open(Wire wire) {
        if (closing) {
            wire.close();
            return Optional.empty();
        }
        if (connections.size() >= options.maxConnections()) {
            counters.turnedAway++;
            wire.write(Buffer.buffer(TOO_MANY), wire::close);
            return Optional.empty();
        }
        counters.accepted++;
        var connection = new Connection(wire, this, new Session(counters.accepted));
        connections.add(connection);
        return Optional.of(connection);
    }

    void gone(Connection connection) {
        connections.remove(connection);
    }

    /** From now on nobody comes in; those that are there finish by themselves. */
    void close() {
        closing = true;
    }

    /** Whether nobody is there any more, nor will be. */
    boolean isClosed() {
        return closing && connections.isEmpty();
    }

    /** Every so often: looks after clients that take nothing of what they asked for. */
    void look() {
        List.copyOf(connections).forEach(Connection::look);
    }

    int connectionCount() {
        return connections.size();
    }

    GatewayOptions.Bounds bounds() {
        return options.bounds();
    }

    CommandSink sink() {
        return sink;
    }

    Room room() {
        return room;
    }

    Turn turn() {
        return turn;
    }

    CommandTable commands() {
        return commands;
    }

    Counters counters() {
        return counters;
    }

    Answers answers() {
        return answers;
    }

    /** Of requests that were not given to the node. */
    SharedBound held() {
        return held;
    }

    /** Of replies that clients did not take. */
    SharedBound unsent() {
        return unsent;
    }

    void register(Metrics metrics) {
        metrics.gauge("dcluster_clients", "Clients that are connected now.", connections::size);
        metrics.gauge(
                "dcluster_client_unsent_bytes", "Bytes of replies that clients have not taken.", unsent::heldBytes);
        counters.register(metrics);
    }

    GatewayMetrics metrics() {
        return new GatewayMetrics(
                connections.size(),
                counters.accepted,
                counters.turnedAway,
                counters.dropped,
                counters.requests,
                counters.refused,
                counters.failed,
                counters.unknown,
                counters.redirected,
                counters.protocolErrors,
                counters.pauses,
                counters.readBytes,
                counters.writtenBytes,
                counters.writes,
                held.heldBytes(),
                unsent.heldBytes(),
                commands.calls());
    }
}
