package dcluster.quorum;

import static dcluster.quorum.Rig.ABSENT;
import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.number;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long deletions are remembered, and what comes of it. */
class DeletionTest {
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration SHORT = Duration.ofSeconds(3);

    /** One owner is away while a key that it holds is deleted. */
    private static Rig deletedWithoutN3(Options options) {
        var rig = new Rig(3, options.grace(GRACE));
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        rig.advance(Duration.ofMillis(300));
        rig.cut(N3);
        assertThat(rig.run(N1, delete())).isEqualTo(number(1));
        return rig;
    }

    /** A key that all owners know to be deleted. */
    private static Rig deletedEverywhere(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).grace(GRACE));
        rig.run(N1, put("a"));
        rig.advance(Duration.ofMillis(50));
        rig.run(N1, delete());
        return rig;
    }

    private static void isForgotten(Rig rig) {
        rig.nodes().forEach(node -> {
            assertThat(rig.replica(node).holdings().freeze().size())
                    .as("keys of %s", node)
                    .isZero();
            assertThat(rig.detail(node, "deletions")).isEqualTo(0L);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoIsBackWithinTheGraceLearnsOfADeletion(Versioning versions) {
        var rig = deletedWithoutN3(Options.of(versions).with(false, false, true));
        rig.advance(SHORT);
        rig.heal();
        rig.advance(SHORT);
        assertThat(rig.held(N3)).isEmpty();
        assertThat(rig.run(N3, get())).isEqualTo(ABSENT);
        rig.advance(GRACE.plus(SHORT));
        assertThat(rig.run(N2, get())).isEqualTo(ABSENT);
        isForgotten(rig);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("hard-case-53")
    void whoWasAwayForLongerThanTheGraceBringsTheValueBackAsDocumented(Versioning versions) {
        var rig = deletedWithoutN3(Options.of(versions).with(false, false, true));
        rig.advance(GRACE.plus(SHORT));
        assertThat(rig.replica(N1).versions(KEY).isNone()).isTrue();
        rig.heal();
        rig.advance(SHORT);
        assertThat(rig.run(N1, get())).isEqualTo(found("a"));
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("hard-case-53")
    void aHintKeepsTheDeletionUntilItsOwnerIsBackAndThenItIsForgotten(Versioning versions) {
        var rig = deletedWithoutN3(Options.of(versions));
        rig.advance(GRACE.plus(SHORT));
        assertThat(rig.replica(N1).versions(KEY).isTombstone()).isTrue();
        rig.heal();
        rig.advance(SHORT);
        assertThat(rig.run(N3, get())).isEqualTo(ABSENT);
        assertThat(rig.held(N3)).isEmpty();
        rig.advance(GRACE.plus(SHORT));
        isForgotten(rig);
        assertThat(rig.run(N3, get())).isEqualTo(ABSENT);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionIsRememberedForAWholeGraceAfterEachStart(Versioning versions) {
        var rig = deletedEverywhere(versions);
        rig.advance(GRACE.minus(SHORT));
        rig.mesh.crash(N1);
        rig.advance(Duration.ofSeconds(5));
        assertThat(rig.replica(N1).versions(KEY).isTombstone()).isTrue();
        assertThat(rig.replica(N2).versions(KEY).isNone()).isTrue();
        rig.advance(GRACE);
        isForgotten(rig);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenAfterADeletionOutlivesItsGrace(Versioning versions) {
        var rig = deletedEverywhere(versions);
        rig.advance(SHORT);
        assertThat(rig.run(N2, put("b"))).isEqualTo(WRITTEN);
        rig.advance(GRACE.plus(SHORT));
        assertThat(rig.run(N3, get())).isEqualTo(found("b"));
        assertThat(rig.detail(N1, "deletions")).isEqualTo(0L);
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsWrittenAnewAfterItsDeletionWasForgotten(Versioning versions) {
        var rig = deletedEverywhere(versions);
        rig.advance(GRACE.plus(SHORT));
        isForgotten(rig);
        assertThat(rig.run(N1, put("b"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N3, get())).isEqualTo(found("b"));
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoStoodInRemembersADeletionNoLongerThanItOwesIt(Versioning versions) {
        var rig = new Rig(5, Options.of(versions).sloppy());
        var owners = rig.owners();
        assertThat(rig.run(owners.get(0), put("a"))).isEqualTo(WRITTEN);
        rig.cut(owners.get(1), owners.get(2));
        assertThat(rig.runPatiently(owners.get(0), delete())).isEqualTo(number(1));
        assertThat(rig.strangers())
                .anyMatch(node -> rig.detail(node, "deletions").equals(1L));
        rig.heal();
        rig.advance(SHORT);
        rig.strangers()
                .forEach(node -> assertThat(rig.detail(node, "deletions")).isEqualTo(0L));
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionThatFindsAnotherOneHalfDoneIsWrittenAllTheSame(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).with(false, false, false));
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        rig.advance(Duration.ofMillis(50));
        rig.onlyIf((to, message) -> !(message instanceof QuorumMessage.Write) || to.equals(N1));
        rig.ask(N1, delete());
        assertThat(rig.held(N1)).isEmpty();
        rig.heal();
        rig.cut(N3);
        assertThat(rig.run(N1, delete())).isEqualTo(number(0));
        rig.heal();
        rig.cut(N1);
        assertThat(rig.run(N3, get())).isEqualTo(ABSENT);
    }

    @Test
    void aKeyThatIsDeletedAgainAndAgainHasOneGrave() {
        var rig = new Rig(3);
        for (int i = 0; i < 20; i++) {
            assertThat(rig.run(N1, put("a" + i))).isEqualTo(WRITTEN);
            assertThat(rig.run(N1, delete())).isEqualTo(number(1));
        }
        assertThat(rig.detail(N1, "deletions")).isEqualTo(1L);
        rig.run(N1, put("b"));
        assertThat(rig.detail(N1, "deletions")).isEqualTo(0L);
    }

    @Test
    void aMergeThatDeletesNothingLeavesNothing() {
        var rig = new Rig(3);
        var nothing = new Command.Merge(Rig.KEY, Optional.empty(), Bytes.EMPTY);
        assertThat(rig.run(N1, nothing)).isEqualTo(WRITTEN);
        rig.nodes()
                .forEach(node ->
                        assertThat(rig.replica(node).holdings().freeze().size()).isZero());
    }
}
