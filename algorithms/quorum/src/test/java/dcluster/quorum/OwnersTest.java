package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.number;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumMessage.Change;
import dcluster.quorum.QuorumMessage.Write;
import dcluster.quorum.QuorumMessage.WriteReply;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that only some nodes own. */
class OwnersTest {
    private static NodeId redirect(Response response) {
        return ((Response.Redirect) response).to();
    }

    @ParameterizedTest
    @EnumSource
    void onlyOwnersHoldAKeyAndWhoDoesNotReadsIt(Versioning versions) {
        var rig = new Rig(5, Options.of(versions));
        assertThat(rig.run(rig.owners().get(1), put("a"))).isEqualTo(WRITTEN);
        rig.nodes().forEach(node -> {
            assertThat(rig.run(node, get())).isEqualTo(found("a"));
            assertThat(rig.held(node)).hasSize(rig.owners().contains(node) ? 1 : 0);
        });
        assertThat(rig.difference()).isEmpty();
    }

    @Test
    void byTheClockAnybodyCoordinatesAWrite() {
        var rig = new Rig(5, Options.of(Versioning.LAST_WRITE_WINS));
        var stranger = rig.strangers().get(0);
        assertThat(rig.run(stranger, put("a"))).isEqualTo(WRITTEN);
        rig.advance(Duration.ofMillis(50));
        assertThat(rig.run(stranger, delete())).isEqualTo(number(1));
        assertThat(rig.held(stranger)).isEmpty();
        assertThat(rig.replica(stranger).holdings().freeze().size()).isZero();
    }

    @Test
    void withVectorClocksAWriteIsSentToAnOwnerThatAnswers() {
        var rig = new Rig(5);
        var stranger = rig.strangers().get(0);
        rig.cut(rig.owners().get(0));
        var to = redirect(rig.run(stranger, put("a")));
        assertThat(rig.owners()).contains(to);
        assertThat(to).isNotEqualTo(rig.owners().get(0));
        assertThat(rig.run(to, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.run(stranger, get())).isEqualTo(found("a"));
        assertThat(rig.replica(stranger).holdings().freeze().size()).isZero();
    }

    @Test
    void anOwnerThatWasHeardLatelyNeedsNotBeAskedFirst() {
        var rig = new Rig(5);
        var stranger = rig.strangers().get(0);
        rig.run(stranger, get());
        var request = rig.at(stranger).request(put("a"));
        assertThat(rig.at(stranger).reply(request)).get().isInstanceOf(Response.Redirect.class);
        rig.nodes().filter(node -> !node.equals(stranger)).forEach(rig::cut);
        rig.advance(Duration.ofMillis(250));
        assertThat(rig.runPatiently(stranger, put("b")))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Response.Reason.UNAVAILABLE));
    }

    @Test
    void whoIsNoOwnerHoldsNothingThatIsNotOwedToOne() {
        var rig = new Rig(5);
        var stranger = rig.strangers().get(0);
        var versions = Versions.Concurrent.NONE.with(new Actor(rig.owners().get(0), 1, 1), Bytes.utf8("a"), Clock.NONE);
        rig.at(stranger).receive(rig.owners().get(0), new Write(1, List.of(change(versions, Optional.empty()))));
        rig.at(stranger)
                .receive(rig.owners().get(0), new QuorumMessage.Repair(List.of(new QuorumMessage.Item(KEY, versions))));
        rig.at(stranger).durable();
        assertThat(rig.at(stranger).sent(rig.owners().get(0), WriteReply.class)).isEmpty();
        assertThat(rig.held(stranger)).isEmpty();
        var owed = Optional.of(rig.owners().get(1));
        rig.at(stranger).receive(rig.owners().get(0), new Write(1, List.of(change(versions, owed))));
        rig.at(stranger).durable();
        assertThat(rig.at(stranger).sent(rig.owners().get(0), WriteReply.class)).hasSize(1);
        assertThat(rig.held(stranger)).containsExactly("a");
    }

    private static Change change(Versions versions, Optional<NodeId> owedTo) {
        return new Change(1, KEY, versions, owedTo);
    }
}
