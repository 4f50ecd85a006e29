package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.merge;
import static dcluster.quorum.Rig.number;
import static dcluster.quorum.Rig.put;
import static dcluster.quorum.Rig.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumMessage.ReadReply;
import dcluster.quorum.QuorumMessage.Write;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values travel only to who hands them on. */
class BareTest {
    /** The values that came back to whoever asked replicas on behalf of a command. */
    private static Set<String> values(Rig rig, Command command) {
        var values = new HashSet<String>();
        rig.onlyIf((to, message) -> {
            if (message instanceof ReadReply reply) {
                reply.answers()
                        .forEach(answer -> values.addAll(texts(answer.versions().values())));
            }
            return true;
        });
        rig.run(N1, command);
        rig.heal();
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void onlyAReaderIsGivenTheBytes(Versioning versions) {
        var rig = new Rig(3, Options.of(versions));
        rig.run(N1, put("a"));
        assertThat(values(rig, get())).containsExactly("a");
        assertThat(values(rig, new Command.Exists(KEY))).containsExactly("");
        assertThat(values(rig, delete())).containsExactly("");
        rig.run(N1, put("b"));
        assertThat(values(rig, put("c"))).isSubsetOf("");
        assertThat(rig.run(N1, get())).isEqualTo(found("c"));
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionThatGetsNoFurtherThanItsQuestionsRepairsNobodyWithNothing(Versioning versions) {
        var rig = new Rig(3, Options.of(versions));
        rig.onlyIf((to, message) -> !(message instanceof Write) || to.equals(N1));
        rig.ask(N1, put("a"));
        rig.heal();
        rig.onlyIf((to, message) -> !(message instanceof Write));
        assertThat(rig.run(N1, new Command.Exists(KEY))).isEqualTo(number(1));
        rig.ask(N1, delete());
        rig.nodes().forEach(node -> assertThat(rig.held(node)).isSubsetOf("a"));
    }

    @Test
    void whatAMergeLeavesBesideItselfKeepsItsBytes() {
        var rig = new Rig(6, new Options().quorums(3, 3, 1).sloppy());
        rig.cut(rig.owners().toArray(NodeId[]::new));
        var writer = rig.strangers().get(0);
        var merger = rig.strangers().get(1);
        rig.onlyIf((to, message) -> !(message instanceof Write) || to.equals(writer));
        assertThat(rig.runPatiently(writer, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.held(merger)).isEmpty();
        rig.onlyIf((to, message) -> true);
        assertThat(rig.runPatiently(merger, merge("b", Bytes.EMPTY))).isEqualTo(WRITTEN);
        assertThat(rig.held(merger)).containsExactly("a", "b");
    }
}
