package dcluster.checker.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.finding.Answer;
import dcluster.checker.testing.Scene;
import dcluster.checker.testing.Scenes;
import dcluster.checker.testing.Scenes.Row;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With ten milliseconds to settle. */
class HandWrittenHealsTest {
    private static final Settling SETTLING = Settling.after(Duration.ofMillis(10));

    /** What is told: how many milliseconds it took. */
    private static final String ACCEPTED = """
            two nodes agree                              | a1.write:1 *heal @50 a1.read=1 b2.read=1 | 0
            they agree after a partition                 | *partition a1.write:1 b2.read=null *heal @50 a1.read=1 b2.read=1 | 0
            three nodes agree                            | a1.write:1 *heal @50 a1.read=1 b2.read=1 c3.read=1 | 0
            one lags while it settles                    | *heal a1.write:1 @5 b2.read=null @50 a1.read=1 b2.read=1 | 3
            one lags to the last moment                  | @0 a1.write:1 @10 *heal @19 b2.read=null @20 b2.read=1 a1.read=1 | 9
            it lags twice                                | @0 a1.write:1 *heal @5 b2.read=null @9 b2.read=null @50 b2.read=1 a1.read=1 | 7
            the last write of two wins                   | a1.write:1 b2.write:2 *heal @50 a1.read=2 b2.read=2 | 0
            or the first, as long as all say so          | a1.write:1 b2.write:2 *heal @50 a1.read=1 b2.read=1 | 0
            nothing was written at all                   | *heal @50 a1.read=null b2.read=null | 0
            before the heal they may differ              | a1.write:1 @30 a1.read=1 b2.read=null *heal @90 a1.read=1 b2.read=1 | 0
            a heal that was not the last                 | a1.write:1 *heal @50 a1.read=1 b2.read=null *heal @90 a1.read=1 b2.read=1 | 0
            a fault after a heal, and a heal             | *heal a1.write:1 *kill @50 b2.read=null *heal @90 a1.read=1 b2.read=1 | 0
            a write after the heal, and time to settle   | *heal @50 a1.read=null a1.write:1 @90 a1.read=1 b2.read=1 | 0
            old while a write goes on                    | *heal @50 a1[write:1 b2.read=null c1.read=1 a] @90 a1.read=1 b2.read=1 | 0
            two keys, each with a value of its own       | a1.x/write:1 a1.y/write:2 *heal @50 a1.x/read=1 b2.x/read=1 a1.y/read=2 b2.y/read=2 | 0
            a failed write is no write                   | a1.write:1 *heal @50 a1.read=1 b2[write:2 b! b2.read=1 | 0
            an unknown write that all nodes saw          | a1.write:1 b2[write:2 b? *heal @50 a1.read=2 b2.read=2 | 0
            an unknown write that no node saw            | a1.write:1 b2[write:2 b? *heal @50 a1.read=1 b2.read=1 | 0
            a compare-and-set is a write                 | *heal a1.write:1 @50 b2.read=null a1.cas:[1,2] @90 a1.read=2 b2.read=2 | 0
            one that found another value is none         | a1.write:1 *heal @50 a1.read=1 b2.cas:[3,2]≠ b2.read=1 | 0
            a note of another process                    | a1.write:1 *heal %stop @50 a1.read=1 b2.read=1 | 0
            a read that failed says nothing              | a1.write:1 *heal @50 a1.read=1 b2[read b! b2.read=1 | 0
            final reads at the same time                 | a1.write:1 *heal @50 a1[read b2[read a]=1 b]=1 | 0
            """;

    /** What is told: the first of the two nodes that disagree, and its value; the second. */
    private static final String REJECTED = """
            one node has not heard of the write          | a1.write:1 *heal @50 a1.read=1 b2.read=null | n1 1 n2 null
            one keeps what it wrote itself               | a1.write:1 b2.write:2 *heal @50 a1.read=1 b2.read=2 | n1 1 n2 2
            the third of three differs                   | a1.write:1 *heal @50 a1.read=1 b2.read=1 c3.read=null | n2 1 n3 null
            it took a moment too long                    | @0 a1.write:1 @10 *heal @20 b2.read=null a1.read=1 b2.read=1 | n2 null n1 1
            back to the old                              | a1.write:1 *heal @50 a1.read=1 b2.read=1 a1.read=null | n2 1 n1 null
            one node alone goes back                     | a1.write:1 *heal @50 a1.read=1 a1.read=null | n1 1 n1 null
            one node goes forward, but too late          | a1.write:1 *heal @50 a1.read=null b2.read=1 a1.read=1 | n1 null n2 1
            one of two keys                              | a1.x/write:1 a1.y/write:2 *heal @50 a1.x/read=1 b2.x/read=1 a1.y/read=2 b2.y/read=null | n1 2 n2 null
            after a second heal                          | *heal a1.write:1 @50 a1.read=1 b2.read=1 *kill c3.write:2 *heal @90 a1.read=1 c3.read=2 | n1 1 n3 2
            after a write that followed the heal         | *heal @20 a1.write:1 @50 a1.read=1 b2.read=null | n1 1 n2 null
            after a compare-and-set that followed it     | *heal a1.write:1 a1.cas:[1,2] @50 a1.read=2 b2.read=1 | n1 2 n2 1
            at the same time                             | a1.write:1 *heal @50 a1[read b2[read a]=1 b]=null | n1 1 n2 null
            a failed write explains nothing              | a1.write:1 *heal b2[write:2 b! @50 a1.read=1 b2.read=2 | n1 1 n2 2
            a value that nobody wrote                    | a1.write:1 *heal @50 a1.read=1 b2.read=7 | n1 1 n2 7
            an unknown write of a third value            | a1.write:1 c3[write:2 c? *heal @50 a1.read=1 b2.read=null | n1 1 n2 null
            an unknown write is seen, and then not       | a1.write:1 c3[write:2 c? *heal @50 a1.read=2 b2.read=1 | n1 2 n2 1
            an unknown write came, and went              | a1.write:1 c3[write:2 c? *heal @50 b2.read=1 a1.read=2 b2.read=1 | n1 2 n2 1
            an unknown compare-and-set went              | a1.write:1 c3[cas:[1,2] c? *heal @50 a1.read=2 b2.read=2 a1.read=1 | n1 2 n1 1
            nobody wrote, and one has something          | *heal @50 a1.read=null b2.read=1 | n1 null n2 1
            a clock that goes back settles nothing less  | @80 a1.write:1 *heal @99 c1.read=1 @20 a1.read=1 b2.read=null | n1 1 n2 null
            null was written and one node kept the value | a1.write:1 a1.write:null *heal @50 a1.read=null b2.read=1 | n1 null n2 1
            two nodes against one                        | a1.write:1 b2.write:2 *heal @50 a1.read=1 c3.read=1 b2.read=2 | n3 1 n2 2
            """;

    private static final String OPEN = """
            no heal was noted                            | *partition a1.write:1 @50 a1.read=1 b2.read=1 | no note
            another process said so                      | a1.write:1 %heal @50 a1.read=1 b2.read=1 | no note
            a fault came after it                        | a1.write:1 *heal *kill @50 a1.read=1 b2.read=1 | nemesis went on
            nothing was done at all                      | *heal | nothing was read
            nobody read after it                         | a1.write:1 a1.read=1 b2.read=1 *heal | nothing was read after
            reads came before it had settled             | a1.write:1 *heal a1.read=1 b2.read=1 | nothing was read after
            only one node was read                       | a1.write:1 b2.write:2 *heal @50 a1.read=2 | by n2
            there is only one node                       | a1.write:1 *heal @50 a1.read=1 b1.read=1 | takes two
            nodes are not named                          | a.write:1 *heal @50 a.read=1 b.read=1 | takes two
            one of two keys was not read                 | a1.x/write:1 a1.y/write:1 *heal @50 a1.x/read=1 b2.x/read=1 | y: nothing
            a write goes on to the end                   | a1.write:1 *heal @50 b2[write:2 a1.read=1 c2.read=1 b] | nothing was read after
            an unknown write may have come in between    | a1.write:1 c1[write:2 c? *heal @50 a1.read=1 b2.read=2 | may have come
            two unknown writes                           | c1[write:1 c? d1[write:2 d? *heal @50 a1.read=1 b2.read=2 | may have come
            """;

    static List<Row> accepted() {
        return Scenes.of(ACCEPTED);
    }

    static List<Row> rejected() {
        return Scenes.of(REJECTED);
    }

    static List<Row> open() {
        return Scenes.of(OPEN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void theNodesConverged(Row row) {
        var found = Heal.check(Scene.history(row.script()), SETTLING);
        assertThat(found.judgement().answer()).as("%s", found).isEqualTo(Answer.HOLDS);
        assertThat(found.took()).isEqualTo(Duration.ofMillis(Long.parseLong(row.told())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void theNodesDidNotConverge(Row row) {
        var judgement = Heal.check(Scene.history(row.script()), SETTLING).judgement();
        assertThat(judgement.answer()).as("%s", judgement).isEqualTo(Answer.VIOLATED);
        var reads = judgement.findings().get(0).operations();
        assertThat(reads.get(0).node() + " " + reads.get(0).output() + " "
                        + reads.get(1).node() + " " + reads.get(1).output())
                .isEqualTo(row.told());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("open")
    void whatSaysTooLittleIsNotKnown(Row row) {
        var judgement = Heal.check(Scene.history(row.script()), SETTLING).judgement();
        assertThat(judgement.answer()).as("%s", judgement).isEqualTo(Answer.UNKNOWN);
        assertThat(judgement.findings().get(0).reason()).contains(row.told());
    }

    @Test
    void noTwoHistoriesAreEqualUpToRenaming() {
        Scenes.requireVariety(accepted(), rejected());
    }

    @Test
    void aDisagreementIsToldWithItsLines() {
        var found = Heal.check(Scene.history("a1.write:1 *heal @50 a1.read=1 b2.read=null"), SETTLING);
        assertThat(found.judgement().findings().get(0).reason())
                .isEqualTo("x: after heal and last write n1 returned 1 (process 97, line 5), and n2 returned null"
                        + " (process 98, line 7)");
    }

    @Test
    void otherWordsAndMoreNodesMayBeDemanded() {
        var history = Scene.history("a1.write:1 *recover @50 a1.read=1 b2.read=1");
        var settling = new Settling("recover", Duration.ZERO, Set.of("n1", "n2", "n3"));
        assertThat(Heal.check(history, settling).judgement().findings().get(0).reason())
                .contains("by n3");
        var two = new Settling("recover", Duration.ZERO, Set.of("n1", "n2"));
        assertThat(Heal.check(history, two).judgement().answer()).isEqualTo(Answer.HOLDS);
    }

    @Test
    void whatNoRegisterDoesIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Heal.check(Scene.history("*heal a.enqueue:2"), SETTLING))
                .hasMessageStartingWith("line 2: ");
    }
}
