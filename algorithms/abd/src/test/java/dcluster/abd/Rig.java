package dcluster.abd;

import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Mesh;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Some nodes of {@code abd} on a network that a test can cut, and what clients say to them. */
final class Rig {
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");
    static final Bytes KEY = Bytes.utf8("k");
    static final AbdConfig CONFIG =
            new AbdConfig(Duration.ofMillis(200), Duration.ofSeconds(2), new ByteSize(64 << 20));
    static final Response WRITTEN = new Response.Ok(new Result.Applied(true));
    static final Response ABSENT = new Response.Ok(new Result.Absent());

    final Mesh<AbdMessage, AbdRecord, AbdTimer, Abd> mesh;

    Rig(int nodes) {
        mesh = new Mesh<>(Members.of(nodes), context -> new Abd(CONFIG, context));
    }

    static Command put(String value) {
        return new Command.Put(KEY, Bytes.utf8(value));
    }

    static Command get() {
        return new Command.Get(KEY);
    }

    static Response found(String value) {
        return new Response.Ok(new Result.Found(Bytes.utf8(value)));
    }

    static Response number(long value) {
        return new Response.Ok(new Result.WholeNumber(value));
    }

    RecordingContext<AbdMessage, AbdRecord, AbdTimer> at(NodeId node) {
        return mesh.at(node);
    }

    /** Asks, and lets everything come to rest. */
    Request ask(NodeId node, Command command) {
        return mesh.ask(node, command);
    }

    Optional<Response> answer(NodeId node, Request request) {
        return mesh.answer(node, request);
    }

    /** What is answered at once. */
    Response run(NodeId node, Command command) {
        return answer(node, ask(node, command)).orElseThrow();
    }

    /** What a replica holds, durable or not. */
    Register held(NodeId node) {
        return Objects.requireNonNullElse(mesh.replica(node).registers().get(KEY), Register.UNWRITTEN);
    }
}
