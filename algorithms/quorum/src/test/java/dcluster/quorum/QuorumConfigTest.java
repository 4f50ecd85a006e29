package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dcluster.spi.Command;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import dcluster.toolkit.testing.Members;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuorumConfigTest {
    private final QuorumProvider provider = new QuorumProvider();

    private static void isRefused(Options options, String message) {
        assertThatIllegalArgumentException().isThrownBy(options::config).withMessage(message);
    }

    @Test
    void quorumsThatCannotBeAreRefused() {
        isRefused(new Options().quorums(0, 1, 1), "replicas is at least 1");
        isRefused(new Options().quorums(3, 4, 2), "reads is from 1 to replicas, 3");
        isRefused(new Options().quorums(3, 0, 2), "reads is from 1 to replicas, 3");
        isRefused(new Options().quorums(3, 2, 4), "writes is from 1 to replicas, 3");
        isRefused(new Options().quorums(3, 2, 0), "writes is from 1 to replicas, 3");
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        isRefused(
                new Options().with(false, true, true).sloppy(),
                "sloppy quorums need hinted-handoff, or the owners would never hear of a write");
        isRefused(new Options().joining("n3").leaving("n3"), "a node is either joining or leaving");
        isRefused(new Options().grace(Duration.ZERO), "each time is at least 1ms");
        var tokens = new Options();
        tokens.tokens = 257;
        isRefused(tokens, "tokens is from 1 to 256");
        tokens.tokens = 0;
        isRefused(tokens, "tokens is from 1 to 256");
        var patience = new Options();
        patience.patience = Duration.ofMillis(199);
        isRefused(patience, "patience is at least resend-after");
    }

    private void isRefusedOn(int nodes, Options options, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.check(options.config(), Members.of(nodes)))
                .withMessage(message);
    }

    @Test
    void aClusterThatIsTooSmallOrTooLargeIsRefused() {
        isRefusedOn(2, new Options(), "each key is held by 3 nodes (replicas), and the ring has 2");
        isRefusedOn(3, new Options().joining("n3"), "each key is held by 3 nodes (replicas), and the ring has 2");
        isRefusedOn(3, new Options().leaving("n1"), "each key is held by 3 nodes (replicas), and the ring has 2");
        isRefusedOn(64, new Options(), "quorum runs on up to 63 nodes, not 64");
        assertThatCode(() -> provider.check(new Options().config(), Members.of(63)))
                .doesNotThrowAnyException();
        assertThatCode(() -> provider.check(new Options().joining("n4").config(), Members.of(4)))
                .doesNotThrowAnyException();
    }

    @Test
    void aNodeThatIsNotThereNeitherJoinsNorLeaves() {
        isRefusedOn(4, new Options().joining("n5"), "no node is called 'n5'");
        isRefusedOn(4, new Options().leaving("N1"), "no node is called 'N1'");
    }

    @Test
    void aNodeNamedTwiceCountsOnce() {
        assertThatCode(() -> provider.check(new Options().joining("n4", "n4").config(), Members.of(4)))
                .doesNotThrowAnyException();
        isRefusedOn(3, new Options().leaving("n1", "n1"), "each key is held by 3 nodes (replicas), and the ring has 2");
    }

    private Traits traits(Options options) {
        return provider.traits(options.config());
    }

    @Test
    void onlyQuorumsThatMeetClaimRegularReads() {
        assertThat(traits(new Options()).consistency()).isEqualTo(Consistency.REGULAR);
        assertThat(traits(new Options().quorums(3, 1, 2)).consistency()).isEqualTo(Consistency.EVENTUAL);
        assertThat(traits(new Options().quorums(3, 1, 3)).consistency()).isEqualTo(Consistency.REGULAR);
        assertThat(traits(new Options().sloppy()).consistency()).isEqualTo(Consistency.EVENTUAL);
    }

    @Test
    void whatTakesAnOrderIsRefusedAndSiblingsTooWhereThereAreNone() {
        var clocks = traits(new Options());
        assertThat(clocks.unserved())
                .containsOnlyKeys(
                        Command.CompareAndSet.class,
                        Command.Increment.class,
                        Command.Append.class,
                        Command.Prepend.class,
                        Command.ReadList.class,
                        Command.Watch.class,
                        Command.Transaction.class,
                        Command.OpenSession.class,
                        Command.InSession.class);
        var latest = traits(Options.of(Versioning.LAST_WRITE_WINS));
        assertThat(latest.unserved())
                .containsKeys(Command.ReadSiblings.class, Command.Merge.class)
                .hasSize(11);
        assertThat(latest.has(Property.TRUSTS_CLOCKS)).isTrue();
        assertThat(clocks.has(Property.TRUSTS_CLOCKS)).isFalse();
    }

    @Test
    void quorumsOfMoreThanAMajorityDoNotOutliveAMinority() {
        assertThat(traits(new Options()).has(Property.OUTLIVES_A_MINORITY)).isTrue();
        assertThat(traits(new Options().quorums(3, 1, 3)).has(Property.OUTLIVES_A_MINORITY))
                .isFalse();
        assertThat(traits(new Options().quorums(3, 3, 1)).has(Property.OUTLIVES_A_MINORITY))
                .isFalse();
    }

    @Test
    void theMiniatureKeepsWhatTheOptionsSayOfQuorums() {
        var options =
                new Options().quorums(2, 1, 2).with(true, false, false).sloppy().config();
        var small = provider.inMiniature(options);
        assertThat(small.replicas()).isEqualTo(2);
        assertThat(small.reads()).isEqualTo(1);
        assertThat(small.writes()).isEqualTo(2);
        assertThat(small.sloppy()).isTrue();
        assertThat(small.readRepair()).isFalse();
        assertThat(small.antiEntropy()).isFalse();
        assertThat(small.tombstoneGrace()).isEqualTo(options.tombstoneGrace());
    }
}
