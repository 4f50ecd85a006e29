package dcluster.toolkit.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AbdTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Response WRITTEN = new Response.Ok(new Result.Applied(true));

    private final Mesh<Abd.Message, Abd.Stored, Abd.Resend, Abd> mesh =
            new Mesh<>(RecordingContext.members(3), Abd::new);

    private Request ask(NodeId node, Command command) {
        return mesh.at(node).request(command);
    }

    private Optional<Response> answer(NodeId node, Request request) {
        mesh.settle();
        return mesh.reply(node, request);
    }

    private Response put(NodeId node, String value) {
        return answer(node, ask(node, new Command.Put(KEY, Bytes.utf8(value)))).orElseThrow();
    }

    private Response get(NodeId node) {
        return answer(node, ask(node, new Command.Get(KEY))).orElseThrow();
    }

    private static Response found(String value) {
        return new Response.Ok(new Result.Found(Bytes.utf8(value)));
    }

    @Test
    void whatOneNodeWroteEveryNodeReads() {
        assertThat(put(N1, "a")).isEqualTo(WRITTEN);
        assertThat(get(N2)).isEqualTo(found("a"));
        assertThat(put(N3, "b")).isEqualTo(WRITTEN);
        assertThat(get(N1)).isEqualTo(found("b"));
    }

    @Test
    void aMinorityMayBeDown() {
        mesh.onlyIf((to, message) -> !to.equals(N3));
        assertThat(put(N1, "a")).isEqualTo(WRITTEN);
        assertThat(get(N2)).isEqualTo(found("a"));
    }

    @Test
    void withoutAMajorityNothingIsAnsweredUntilItIsBackAndTheQuestionRepeated() {
        mesh.onlyIf((to, message) -> to.equals(N1));
        var request = ask(N1, new Command.Put(KEY, Bytes.utf8("a")));
        assertThat(answer(N1, request)).isEmpty();
        mesh.onlyIf((to, message) -> true);
        mesh.at(N1).advance(Duration.ofSeconds(1));
        assertThat(answer(N1, request)).contains(WRITTEN);
    }

    @Test
    void anAcknowledgementWaitsForTheDisk() {
        var context = mesh.at(N2);
        var operation = new Abd.Operation(1, 1);
        var tagged = new Abd.Tagged(new Abd.Tag(1, N1, 1), Optional.of(Bytes.utf8("a")));
        context.receive(N1, new Abd.Write(operation, KEY, tagged));
        assertThat(context.sent()).isEmpty();
        context.durable();
        assertThat(context.sent(N1, Abd.Written.class)).containsExactly(new Abd.Written(operation));
    }

    @Test
    void whatWasAcknowledgedSurvivesACrashOfEveryNode() {
        assertThat(put(N1, "a")).isEqualTo(WRITTEN);
        List.of(N1, N2, N3).forEach(mesh::crash);
        assertThat(get(N3)).isEqualTo(found("a"));
    }

    @Test
    @Tag("hard-case-51")
    void aReadWritesBackWhatOnlyOneReplicaHolds() {
        assertThat(put(N1, "old")).isEqualTo(WRITTEN);
        // The writer dies when its new value has reached itself alone.
        mesh.onlyIf((to, message) -> !(message instanceof Abd.Write));
        var lost = ask(N1, new Command.Put(KEY, Bytes.utf8("new")));
        assertThat(answer(N1, lost)).isEmpty();
        mesh.at(N1).durable();
        mesh.onlyIf((to, message) -> !to.equals(N3));
        assertThat(get(N2)).isEqualTo(found("new"));
        mesh.onlyIf((to, message) -> !to.equals(N1));
        assertThat(get(N3)).as("read after the first read ended").isEqualTo(found("new"));
    }

    @Test
    void aRestartedWriterNeverReusesATag() {
        mesh.onlyIf((to, message) -> to.equals(N1));
        ask(N1, new Command.Put(KEY, Bytes.utf8("before")));
        mesh.crash(N1);
        mesh.onlyIf((to, message) -> true);
        assertThat(put(N1, "after")).isEqualTo(WRITTEN);
        assertThat(mesh.at(N1).records().get(0).tagged().tag().incarnation()).isEqualTo(2);
    }

    @Test
    void aDeleteIsAWriteOfNothing() {
        put(N1, "a");
        var request = ask(N2, new Command.Delete(KEY));
        assertThat(answer(N2, request)).contains(new Response.Ok(new Result.WholeNumber(1)));
        assertThat(get(N3)).isEqualTo(new Response.Ok(new Result.Absent()));
    }

    @Test
    void whatNeedsConsensusIsRefused() {
        var request = ask(N1, new Command.CompareAndSet(KEY, Optional.empty(), Bytes.utf8("a")));
        assertThat(answer(N1, request).orElseThrow()).isInstanceOf(Response.Failed.class);
    }
}
