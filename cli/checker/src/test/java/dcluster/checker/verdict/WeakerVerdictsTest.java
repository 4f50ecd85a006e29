package dcluster.checker.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.availability.Demand;
import dcluster.checker.convergence.Settling;
import dcluster.checker.history.UnfitException;
import dcluster.checker.linear.Budget;
import dcluster.checker.staleness.Bound;
import dcluster.checker.testing.Scene;
import dcluster.checker.testing.Script;
import dcluster.checker.testing.TransactionScript;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Verdicts on sessions, convergence, staleness and availability: each checker has a suite of its own. */
class WeakerVerdictsTest {
    private static final Terms TERMS = Terms.of(new Budget(Duration.ofSeconds(30), 1 << 28));

    private static Verdict judge(Check check, String scene, Demands demands) {
        return check.judge(
                Scene.history(scene),
                new Terms(TERMS.budget(), TERMS.isolation(), TERMS.bank(), demands, TERMS.progress()));
    }

    private static Verdict judge(Check check, String scene) {
        return judge(check, scene, Demands.USUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "SESSIONS, a1.write:1 a1.read=1, a1.write:1 a1.read=null, session guarantee broken",
        "CONVERGENCE, a1.write:1 *heal a1.read=1 b2.read=1, a1.write:1 *heal a1.read=1 b2.read=null, no convergence",
        "STALENESS, a1.write:1 b2.read=1, a1.write:1 b2.read=null, stale read"
    })
    void aHistoryIsJudgedEitherWayAndTheReadIsShown(Check check, String good, String bad, String name) {
        assertThat(judge(check, good).answer()).isEqualTo(Answer.VALID);
        var verdict = judge(check, bad);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.findings()).first().satisfies(finding -> {
            assertThat(finding.name()).isEqualTo(name);
            assertThat(finding.key()).isEqualTo("x");
            assertThat(finding.witnesses()).extracting(Witness::text).contains("read x null");
            assertThat(finding.reasons()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSIONS", "STALENESS"})
    void aHistoryWithoutReadsSaysNothing(Check check) {
        assertThat(judge(check, "a1.write:1").answer()).isEqualTo(Answer.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "SESSIONS, a1.write:1 b2.read=1 c1.read=1, no session read a register",
        "SESSIONS, a1.read=null a1.read=null b2.read=null, no session read a register",
        "SESSIONS, a1.write:1 a1.write:2 b2.read=2, no session read a register",
        "STALENESS, a1.read=null b2.read=null, no read that ended with ok began after a write",
        "STALENESS, a1.read=null b2.write:1, no read that ended with ok began after a write"
    })
    void whatNothingInItCouldContradictIsUnknown(Check check, String scene, String missing) {
        var verdict = judge(check, scene);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).startsWith("nothing in it could contradict that: " + missing);
    }

    @ParameterizedTest
    @CsvSource({
        "SESSIONS, a1.write:1 b2.read=null b2.read=1",
        "SESSIONS, a1[write:1 a? b2.read=null b2.read=null",
        "STALENESS, a1[write:1 a? b2.read=null"
    })
    void whatCouldBeContradictedIsValid(Check check, String scene) {
        assertThat(judge(check, scene).answer()).isEqualTo(Answer.VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "a.x:1 b.y:1 c.x=;y= d.x=;y=, UNKNOWN",
        "a.x:1 b.y:1 c.x=1;y= d.x=1, UNKNOWN",
        "b.y:1 c.x:2;x=2;y= d.x=;y=, UNKNOWN",
        "a.x:1 b.y:1 c.x=1;y= d.x=;y=, VALID"
    })
    void aLongForkNeedsTwoTransactionsToCompareAndAWriteThatOneSaw(String script, Answer answer) {
        assertThat(Check.LONG_FORK
                        .judge(TransactionScript.registers(script), TERMS)
                        .answer())
                .isEqualTo(answer);
    }

    @Test
    void oneReadIsNotSeveral() {
        assertThat(judge(Check.STALENESS, "a1.write:1 b2.read=1").reason()).startsWith("1 read was ");
        assertThat(judge(Check.STALENESS, "a1.write:1 b2.read=1 b2.read=1").reason())
                .startsWith("2 reads were ");
    }

    @Test
    void withoutANoteOfAHealNothingIsKnownOfConvergence() {
        var verdict = judge(Check.CONVERGENCE, "a1.write:1 a1.read=1 b2.read=1");
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).startsWith("no note of the nemesis says \"heal\"");
    }

    @Test
    void nodesMayBeGivenTimeToSettle() {
        var scene = "a1.write:1 *heal @20 b2.read=null @200 a1.read=1 b2.read=1";
        assertThat(judge(Check.CONVERGENCE, scene).answer()).isEqualTo(Answer.INVALID);
        var settled = new Demands(Settling.after(Duration.ofMillis(100)), new Bound.Versions(0), List.of());
        var verdict = judge(Check.CONVERGENCE, scene, settled);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat((Long) verdict.figures().get("tookMillis")).isPositive();
    }

    @Test
    void aBoundSaysHowStaleAReadMayBe() {
        var scene = "a1.write:1 a1.write:2 @500 b2.read=null";
        for (var bound : List.of(new Bound.Versions(2), new Bound.Time(Duration.ofSeconds(1)))) {
            assertThat(judge(Check.STALENESS, scene, new Demands(Settling.AT_ONCE, bound, List.of()))
                            .answer())
                    .isEqualTo(Answer.VALID);
        }
        for (var bound : List.of(new Bound.Versions(1), new Bound.Time(Duration.ofMillis(100)))) {
            assertThat(judge(Check.STALENESS, scene, new Demands(Settling.AT_ONCE, bound, List.of()))
                            .answer())
                    .isEqualTo(Answer.INVALID);
        }
        assertThat(judge(Check.STALENESS, scene).figures()).containsEntry("versionsMax", 2L);
    }

    @Test
    void availabilityIsMeasuredAndHeldToWhatIsDemanded() {
        var scene = "a1.write:1 *cut @100 a1[write:2 a! @5000 a1.write:3";
        var measured = judge(Check.AVAILABILITY, scene);
        assertThat(measured.answer()).isEqualTo(Answer.VALID);
        assertThat(measured.reason())
                .startsWith("66.7 % of 3 operations were answered")
                .endsWith("nothing was demanded");
        assertThat(measured.figures()).containsKeys("share", "longestOutageMillis", "nodes");
        for (var demand : List.of(
                new Demand.Share(0.6),
                new Demand.LongestOutage(Duration.ofSeconds(6)),
                new Demand.Recovered(Duration.ofSeconds(6)))) {
            assertThat(held(scene, demand)).isEqualTo(Answer.VALID);
        }
        for (var demand : List.of(
                new Demand.Share(0.9),
                new Demand.LongestOutage(Duration.ofSeconds(1)),
                new Demand.Recovered(Duration.ofSeconds(1)))) {
            assertThat(held(scene, demand)).isEqualTo(Answer.INVALID);
        }
        assertThat(judge(
                                Check.AVAILABILITY,
                                scene,
                                new Demands(
                                        Settling.AT_ONCE,
                                        new Bound.Versions(0),
                                        List.of(new Demand.Share(0.6), new Demand.Share(0.9))))
                        .answer())
                .isEqualTo(Answer.INVALID);
    }

    private static Answer held(String scene, Demand demand) {
        return judge(Check.AVAILABILITY, scene, new Demands(Settling.AT_ONCE, new Bound.Versions(0), List.of(demand)))
                .answer();
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSIONS", "CONVERGENCE", "STALENESS"})
    void whatIsNoRegisterIsRefusedWithItsLine(Check check) {
        var queue = Script.history("a.write:1 a.enqueue:1");
        assertThatThrownBy(() -> check.judge(queue, TERMS))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("line 3: only reads, writes and cas of registers can be checked so, not enqueue");
    }

    @Test
    void regularRegistersMayHaveSiblings() {
        var good = Check.REGULAR.judge(Script.history("a[write:1 b[write:2 a] b] c.read~[1,2]"), TERMS);
        assertThat(good.answer()).isEqualTo(Answer.VALID);
        var bad = Check.REGULAR.judge(Script.history("a.write:1 b[write:2 c.read~[1,2] b]"), TERMS);
        assertThat(bad.answer()).isEqualTo(Answer.INVALID);
        var finding = bad.findings().get(0);
        assertThat(finding.name()).isEqualTo("siblings that were not concurrent");
        assertThat(finding.witnesses())
                .extracting(Witness::text)
                .containsExactly("write x 1", "write x 2", "read x {1, 2}");
        assertThat(finding.reasons())
                .containsExactly(
                        "1 had ended before 2 began, and so was replaced by it; 3 returned the values of both");
    }

    @Test
    void aSiblingThatNobodyWroteIsNamed() {
        var bad = Check.REGULAR.judge(Script.history("a.write:1 c.read~[1,2]"), TERMS);
        assertThat(bad.findings().get(0).reasons()).containsExactly("1 returned 2, what nobody had written by its end");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REGULAR", "AVAILABILITY"})
    void otherModelsRefuseSiblingsAtTheirLine(Check check) {
        var history = Script.history("a[write:1 b[write:2 a] b] c.read=1 c.read~[1,2]");
        assertThatThrownBy(() -> check.judge(history, TERMS))
                .isInstanceOf(UnfitException.class)
                .hasMessage("line 8: a read that saw siblings, which " + check + " does not know; regular does");
    }
}
