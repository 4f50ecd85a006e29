package dcluster.abd;

import static dcluster.abd.Rig.KEY;
import static dcluster.abd.Rig.N1;
import static dcluster.abd.Rig.N2;
import static dcluster.abd.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.abd.AbdRecord.Stored;
import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Invariant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AbdInvariantsTest {
    private static final Tag TAG = new Tag(5, N1, 1);

    private final Rig rig = new Rig(3);

    private Optional<String> violation(Invariant invariant) {
        return invariant.violation(rig.at(N1).members().ids().stream()
                .<Algorithm<?, ?, ?>>map(rig.mesh::replica)
                .toList());
    }

    private void store(dcluster.spi.NodeId node, Tag tag, String value) {
        rig.mesh.replica(node).replay(new Stored(KEY, tag, Optional.of(Bytes.utf8(value))));
    }

    @Test
    void twoValuesOfOneTagAreSeenThoughNotAtOneTime() {
        var invariant = new AbdInvariants.UniqueTags();
        rig.run(N1, put("fine"));
        store(N1, TAG, "a");
        assertThat(violation(invariant)).isEmpty();
        store(N1, new Tag(6, N1, 1), "b");
        assertThat(violation(invariant)).isEmpty();
        store(N2, TAG, "a");
        assertThat(violation(invariant)).isEmpty();
        store(N2, TAG, "other");
        assertThat(violation(invariant))
                .hasValueSatisfying(what -> assertThat(what).startsWith("two values of k have the tag Tag[sequence=5"));
    }

    @Test
    void aTagThatGoesBackIsSeenAndOneThatACrashTookBackIsRight() {
        var invariant = new AbdInvariants.GrowingTags();
        store(N1, TAG, "a");
        assertThat(violation(invariant)).isEmpty();
        rig.mesh.crash(N1);
        store(N1, new Tag(4, N1, 1), "b");
        assertThat(violation(invariant)).isEmpty();
        store(N1, new Tag(3, N1, 1), "c");
        assertThat(violation(invariant))
                .hasValueSatisfying(what -> assertThat(what).startsWith("n1 went back from Tag[sequence=4"));
    }

    @Test
    void allOfThemAreClaimed() {
        var claimed = new AbdProvider().traits(Rig.CONFIG).invariants();
        assertThat(claimed.stream().map(made -> made.get().name())).containsExactly("Unique Tags", "Growing Tags");
        assertThat(List.copyOf(claimed)).hasSize(2);
    }
}
