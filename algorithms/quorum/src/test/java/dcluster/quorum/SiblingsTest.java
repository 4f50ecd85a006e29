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
import static dcluster.quorum.Rig.merge;
import static dcluster.quorum.Rig.number;
import static dcluster.quorum.Rig.put;
import static dcluster.quorum.Rig.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent writes: side by side with vector clocks, and the later one alone by the clock on the wall. */
class SiblingsTest {
    private final Rig rig = new Rig(3);

    /** Two clients write at once at two coordinators. */
    private static void putAtOnce(Rig rig) {
        var one = rig.at(N1).request(put("of n1"));
        var other = rig.at(N2).request(put("of n2"));
        assertThat(rig.answer(N1, one)).contains(WRITTEN);
        assertThat(rig.answer(N2, other)).contains(WRITTEN);
    }

    @Test
    void whatTwoCoordinatorsWroteAtOnceStaysSideBySideUntilAWriterKnowsBoth() {
        putAtOnce(rig);
        for (var node : new dcluster.spi.NodeId[] {N1, N2, N3}) {
            assertThat(texts(rig.siblings(node).values())).containsExactly("of n1", "of n2");
            assertThat(rig.run(node, get())).isEqualTo(new Response.Ok(rig.siblings(node)));
            assertThat(rig.run(node, new Command.Exists(KEY))).isEqualTo(number(1));
        }
        assertThat(rig.run(N3, merge("both", rig.siblings(N3).context()))).isEqualTo(WRITTEN);
        assertThat(rig.run(N1, get())).isEqualTo(found("both"));
        assertThat(rig.difference()).isEmpty();
    }

    @Test
    void byTheClockTheOneOfTheGreaterNodeStandsIfBothWereWrittenAtOneTime() {
        var clocks = new Rig(3, Options.of(Versioning.LAST_WRITE_WINS));
        putAtOnce(clocks);
        assertThat(clocks.run(N3, get())).isEqualTo(found("of n2"));
        assertThat(clocks.difference()).isEmpty();
    }

    @Test
    void twoPutsAtOnceAtOneCoordinatorAreSiblingsToo() {
        var one = rig.at(N1).request(put("a"));
        var other = rig.at(N1).request(put("b"));
        assertThat(rig.answer(N1, one)).contains(WRITTEN);
        assertThat(rig.answer(N1, other)).contains(WRITTEN);
        assertThat(texts(rig.siblings(N2).values())).containsExactly("a", "b");
    }

    @Test
    void aPutReplacesAllThatAQuorumHolds() {
        putAtOnce(rig);
        assertThat(rig.run(N3, put("c"))).isEqualTo(WRITTEN);
        assertThat(texts(rig.siblings(N1).values())).containsExactly("c");
    }

    @Test
    void aDeletionDeletesAllSiblingsThatAQuorumHolds() {
        putAtOnce(rig);
        assertThat(rig.run(N1, delete())).isEqualTo(number(1));
        assertThat(rig.siblings(N2).values()).isEmpty();
        assertThat(rig.run(N2, get())).isEqualTo(ABSENT);
    }

    @Test
    void aMergeReplacesWhatItsReaderSawAndLeavesWhatItDidNotSee() {
        rig.run(N1, put("seen"));
        var seen = rig.siblings(N1).context();
        rig.run(N2, put("unseen"));
        assertThat(rig.run(N3, merge("merged", seen))).isEqualTo(WRITTEN);
        assertThat(texts(rig.siblings(N1).values())).containsExactly("merged", "unseen");
        assertThat(rig.run(N1, new Command.Merge(KEY, Optional.empty(), seen))).isEqualTo(WRITTEN);
        assertThat(texts(rig.siblings(N1).values())).containsExactly("merged", "unseen");
    }

    @Test
    void aMergeCanDeleteJustWhatItsReaderSaw() {
        rig.run(N1, put("seen"));
        var seen = rig.siblings(N1).context();
        rig.run(N1, merge("beside", Bytes.EMPTY));
        assertThat(rig.run(N2, new Command.Merge(KEY, Optional.empty(), seen))).isEqualTo(WRITTEN);
        assertThat(rig.run(N3, get())).isEqualTo(found("beside"));
    }

    @Test
    void aMergeOfWhatItsCoordinatorNeverHeardOfSupersedesItAllTheSame() {
        rig.cut(N3);
        rig.run(N1, put("seen"));
        var seen = rig.siblings(N1).context();
        rig.heal();
        assertThat(rig.run(N3, merge("merged", seen))).isEqualTo(WRITTEN);
        assertThat(texts(rig.siblings(N1).values())).containsExactly("merged");
        assertThat(texts(rig.siblings(N2).values())).containsExactly("merged");
    }

    @Test
    void anAbsentKeyHasNoSiblingsAndAContextToWriteItsFirstWith() {
        var none = rig.siblings(N1);
        assertThat(none).isEqualTo(new Result.Siblings(java.util.List.of(), Bytes.EMPTY));
        assertThat(rig.run(N2, merge("first", none.context()))).isEqualTo(WRITTEN);
        assertThat(rig.run(N3, get())).isEqualTo(found("first"));
    }

    @Test
    void aContextThatNobodyGaveIsRefusedWithWhatIsWrongWithIt() {
        var response = rig.run(N1, merge("a", Bytes.utf8("n1.1")));
        assertThat(response)
                .isEqualTo(new Response.Failed(
                        Reason.UNSUPPORTED,
                        "that is no context as reading the siblings of a key gives it: 'n1.1' is not"
                                + " node.incarnation.serial:counter"));
        assertThat(rig.held(N1)).isEmpty();
    }

    @Test
    void moreThan64SiblingsAreRefusedUntilTheyAreMerged() {
        for (int i = 0; i < 64; i++) {
            assertThat(rig.run(N1, merge("v" + i, Bytes.EMPTY))).isEqualTo(WRITTEN);
        }
        assertThat(rig.run(N1, merge("more", Bytes.EMPTY)))
                .isEqualTo(new Response.Failed(
                        Reason.OVERLOADED,
                        "the key holds too many siblings, or too large ones: merge them before adding more"));
        var all = rig.siblings(N2);
        assertThat(all.values()).hasSize(64);
        assertThat(rig.run(N2, merge("merged", all.context()))).isEqualTo(WRITTEN);
        assertThat(texts(rig.siblings(N3).values())).containsExactly("merged");
    }

    /** Two coordinators that do not hear of each other may come to more of them together. */
    @Test
    void aDeletionOfSomeOfTooManySiblingsAddsNoneAndIsNotRefused() {
        rig.run(N2, merge("of n2", Bytes.EMPTY));
        var ofN2 = rig.siblings(N2).context();
        rig.cut(N2);
        for (int i = 0; i < 63; i++) {
            rig.run(N1, merge("v" + i, Bytes.EMPTY));
        }
        rig.heal();
        write(N2, "unheard of");
        rig.advance(Duration.ofSeconds(4));
        assertThat(rig.siblings(N3).values()).hasSize(65);
        assertThat(rig.run(N3, new Command.Merge(KEY, Optional.empty(), ofN2))).isEqualTo(WRITTEN);
        assertThat(rig.siblings(N1).values()).hasSize(64);
    }

    /** A sibling that nobody else has heard of yet. */
    private void write(dcluster.spi.NodeId node, String value) {
        rig.replica(node).write(KEY, Optional.of(Bytes.utf8(value)), Clock.NONE, Versions.Concurrent.NONE);
    }

    @Test
    void siblingsThatFitIntoNoMessageTogetherAreReadAndSentToNobodyUntilTheyAreMerged() {
        var large = "v".repeat(3 << 20);
        write(N1, large + "1");
        write(N1, large + "2");
        write(N2, large + "3");
        rig.mesh.settle();
        rig.cut(N3);
        assertThat(rig.siblings(N1).values()).hasSize(3);
        rig.advance(Duration.ofMillis(300));
        assertThat(rig.detail(N1, "keys repaired")).isEqualTo(0L);
        assertThat(rig.held(N1)).hasSize(2);
        assertThat(rig.held(N2)).hasSize(1);
        assertThat(rig.run(N1, merge("merged", rig.siblings(N1).context()))).isEqualTo(WRITTEN);
        rig.heal();
        rig.advance(Duration.ofSeconds(4));
        assertThat(rig.difference()).isEmpty();
        assertThat(rig.held(N3)).containsExactly("merged");
    }

    @Test
    void aForgedContextNeitherStopsItsKeyNorMakesContextsThatAreRefused() {
        rig.run(N1, put("a"));
        var actor = rig.siblings(N1).context().toUtf8().replaceAll(":.*", "");
        var forged = Bytes.utf8(actor + ":" + (1L << 48));
        assertThat(rig.run(N1, merge("forged", forged))).isEqualTo(WRITTEN);
        assertThat(rig.run(N1, put("b"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N2, get())).isEqualTo(found("b"));
        assertThat(rig.run(N2, merge("c", rig.siblings(N2).context()))).isEqualTo(WRITTEN);
        assertThat(texts(rig.siblings(N3).values())).containsExactly("c");
        assertThat(rig.difference()).isEmpty();
    }

    @Test
    void forgedContextsDoNotMakeAKeyGrowWithoutBound() {
        var responses = new java.util.ArrayList<Response>();
        for (int round = 0; round < 5; round++) {
            int first = round * 250;
            var forged = IntStream.range(first, first + 250)
                    .mapToObj(serial -> "n9.1." + serial + ":1")
                    .sorted((one, other) -> Long.compare(serial(one), serial(other)))
                    .collect(Collectors.joining(","));
            responses.add(rig.run(N1, merge("v" + round, Bytes.utf8(forged))));
        }
        assertThat(responses.subList(1, 5))
                .containsOnly(new Response.Failed(
                        Reason.UNSUPPORTED,
                        "that context names more actors than the key ever had: read its siblings anew"));
        var siblings = rig.siblings(N2);
        assertThat(rig.run(N2, merge("merged", siblings.context()))).isEqualTo(WRITTEN);
        assertThat(texts(rig.siblings(N3).values())).containsExactly("merged");
    }

    private static long serial(String dot) {
        return Long.parseLong(dot.split("[.:]", -1)[2]);
    }
}
