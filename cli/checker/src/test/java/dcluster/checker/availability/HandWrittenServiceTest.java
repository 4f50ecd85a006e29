package dcluster.checker.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.finding.Answer;
import dcluster.checker.finding.Finding;
import dcluster.checker.testing.Scene;
import dcluster.checker.testing.Scenes;
import dcluster.checker.testing.Scenes.Row;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three demands: half of the operations answered, no outage of more than 50 ms, recovered within 20 ms. */
class HandWrittenServiceTest {
    private static final Duration SLICE = Duration.ofMillis(100);

    /** What is told: answered of asked, the longest outage, and the longest recovery, in ms. */
    private static final String ACCEPTED = """
            one operation                                  | a.write:1 | 1/1 1 - |
            it may take as long as is allowed              | @0 a[write:1 @50 a] | 1/1 50 - |
            half of the operations are answered            | a.write:1 b[write:2 b! | 1/2 1 - |
            one of two that nobody knows                   | a.write:1 b[read b? | 1/2 1 - |
            nobody asks for a long time                    | a.read=null @900 a.read=null | 2/2 1 - |
            a long operation, and others are answered      | @0 a[write:1 @40 b.read=null @80 b.read=null @90 a] | 3/3 41 - |
            a fault that nobody feels                      | a.read=null *kill a.read=null | 2/2 1 1 |
            a fault that is overcome in time               | a.read=null @10 *kill @12 a[read @30 a]=null | 2/2 18 18 |
            to the last moment                             | @0 a[read @10 *kill @30 a]=null a.read=null | 2/2 30 20 |
            two faults, each overcome                      | *kill @5 a[read @25 a]=null @90 *kill @95 a[read @110 a]=null | 2/2 20 20 |
            a fault and its heal                           | *partition a[read @15 a]=null *heal a.read=null | 2/2 14 14 |
            a fault after which nobody asks, and one more  | a.read=null *kill @90 *heal a.read=null | 2/2 1 1 |
            an outage before the fault does not count      | @0 a[read @45 a]=null *kill a.read=null | 2/2 45 1 |
            failures in a row, and then an answer          | a.read=null a.read=null @10 a[read @12 a! @14 a[read @16 a! @20 a.read=null | 3/5 11 - |
            a compare-and-set that found another value     | a.cas:[1,2]≠ | 1/1 1 - |
            an enqueue is answered like anything           | a.enqueue:1 b.dequeue=1 | 2/2 1 - |
            one node does not answer, another does         | a1[read @30 b2.read=null @40 a] | 2/2 31 - |
            a clock that stands still                      | @7 a[write:1 @7 a] @7 *kill @7 a[read @7 a]=null | 2/2 0 0 |
            a clock that goes back                         | @90 a[write:1 @20 a] @10 a[read @95 a]=1 | 2/2 5 - |
            a clock that goes back in a fault              | @90 a.read=null *kill @10 a[read @100 a]=null | 2/2 8 8 |
            an open operation at the end                   | a.read=null @10 b[read @40 a.read=null | 2/3 31 - |
            a note of another process is no fault          | a.read=null %stop @5 a[read @50 a]=null | 2/2 45 - |
            given up, and nobody asks for a long time      | a.read=null @10 b[read @20 b? @30 a.read=null @900 a.read=null | 3/4 21 - |
            """;

    /** The same, and which of the demands are broken. */
    private static final String REJECTED = """
            nobody is answered                             | a[write:1 a! | 0/1 1 - | share
            one of three is answered                       | a.read=null b[read b! c[read c? | 1/3 3 - | share
            all are given up                               | a[read a? b[read b? | 0/2 3 - | share
            nothing comes back before the end              | a[read b[read | 0/2 1 - | share
            one fails again and again                      | a.read=null b[read b! b[read b! b[read b! | 1/4 5 - | share
            one operation takes too long                   | @0 a[write:1 @51 a] | 1/1 51 - | outage
            many wait at once                              | @0 a[read b[read @60 a]=null b]=null | 2/2 60 - | outage
            failures do not end an outage                  | @0 a[read @30 a! @40 a[read @60 a]=null b.read=null | 2/3 60 - | outage
            nor do outcomes that nobody knows              | @0 a[read @30 a? @40 a[read @60 a]=null b.read=null | 2/3 60 - | outage
            nor does giving up for a while                 | @0 a[read a! @70 a.read=null | 1/2 71 - | outage
            it lasts to the end                            | a.read=null @10 b[read @70 c[read | 1/3 60 - | share outage
            the second outage is longer                    | @0 a[read @40 a]=null @100 a[read @160 a]=null | 2/2 60 - | outage
            an answer begins the next outage               | @0 a[read b[read @10 a]=null @70 b]=null | 2/2 60 - | outage
            given up later than the last answer            | @0 a.read=null @10 b[read @15 c.read=null @60 b? @80 c.read=null | 3/4 65 - | outage
            a fault is not overcome in time                | @10 *kill @12 a[read @40 a]=null a.read=null | 2/2 28 28 | recovery
            it counts from the fault on                    | @0 a[read @10 *kill @31 a]=null a.read=null | 2/2 31 21 | recovery
            an answer slips through before it is felt      | @10 *kill a.read=null @13 a[read @40 a]=null | 2/2 27 27 | recovery
            the second fault takes longer                  | *kill a[read @15 a]=null @50 *kill @51 a[read @80 a]=null | 2/2 29 29 | recovery
            it is over only after the heal                 | @10 *partition @11 a[read @30 *heal @35 a]=null a.read=null | 2/2 24 24 | recovery
            all at once                                    | @10 *kill @11 a[read @12 a! @13 b[read @14 b! @90 c.read=null | 1/3 80 80 | share outage recovery
            nothing is answered after a fault              | a.read=null a.read=null @10 *kill @11 a[read @60 b[read | 2/4 49 49 | recovery
            a clock that goes back hides no outage         | @0 a[read @99 b[read @20 a]=null b]=null | 2/2 99 - | outage
            a long fault, and most are answered            | a.read=null a.read=null @10 *kill @11 a[read @71 a]=null | 3/3 60 60 | outage recovery
            """;

    static List<Row> accepted() {
        return Scenes.of(ACCEPTED);
    }

    static List<Row> rejected() {
        return Scenes.of(REJECTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void allDemandsAreMet(Row row) {
        var all = Service.measure(Scene.history(row.script()), SLICE).all();
        assertThat(told(all)).as("%s", all).isEqualTo(row.told());
        assertThat(broken(all)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void aDemandIsBroken(Row row) {
        var all = Service.measure(Scene.history(row.script()), SLICE).all();
        assertThat(told(all)).as("%s", all).isEqualTo(row.told());
        assertThat(broken(all)).isEqualTo(row.more());
    }

    private static String told(Side side) {
        var recovered = side.recoveries().stream()
                .filter(Recovery::isAsked)
                .map(recovery -> recovery.time().toMillis())
                .max(Long::compare);
        return side.answered() + "/" + side.asked() + " " + side.longestOutage().toMillis() + " "
                + recovered.map(String::valueOf).orElse("-");
    }

    private static String broken(Side side) {
        var demands = new TreeMap<String, Demand>();
        demands.put("1 share", new Demand.Share(0.5));
        demands.put("2 outage", new Demand.LongestOutage(Duration.ofMillis(50)));
        demands.put("3 recovery", new Demand.Recovered(Duration.ofMillis(20)));
        return demands.entrySet().stream()
                .filter(demand -> side.judge(demand.getValue()).answer() == Answer.VIOLATED)
                .map(demand -> demand.getKey().substring(2))
                .collect(Collectors.joining(" "));
    }

    @Test
    void noTwoHistoriesAreEqualUpToRenaming() {
        Scenes.requireVariety(accepted(), rejected());
    }

    @Test
    void eachNodeHasASideOfItsOwn() {
        var found = Service.measure(Scene.history("@0 a1[read @60 b2.read=null @70 a! c.read=null"), SLICE);
        assertThat(found.all().asked()).isEqualTo(3);
        assertThat(found.nodes().keySet()).containsExactly("n1", "n2");
        var first = found.nodes().values().iterator().next();
        assertThat(first.share()).isZero();
        assertThat(first.longestOutage()).isEqualTo(Duration.ofMillis(72));
    }

    @Test
    void slicesCountByTheTimeOfInvocation() {
        var found = Service.measure(Scene.history("@50 a[read @160 a]=1 @349 b[read @360 b! @361 b.read=1"), SLICE);
        assertThat(found.all().slices())
                .containsExactly(new Slice(0, 1, 1), new Slice(200_000_000, 1, 0), new Slice(300_000_000, 1, 1));
    }

    @Test
    void whatWasNotAskedIsNotKnown() {
        var nothing = Service.measure(Scene.history("*kill"), SLICE).all();
        assertThat(nothing.judge(new Demand.Share(0.5)).answer()).isEqualTo(Answer.UNKNOWN);
        var demand = new Demand.Recovered(Duration.ofSeconds(1));
        var unfaulted = Service.measure(Scene.history("a.read=null"), SLICE).all();
        assertThat(unfaulted.judge(demand).answer()).isEqualTo(Answer.UNKNOWN);
        var unasked = Service.measure(Scene.history("a.read=null *kill"), SLICE).all();
        assertThat(unasked.judge(demand).answer()).isEqualTo(Answer.UNKNOWN);
        var unanswered = Service.measure(Scene.history("a.read=null *kill a[read a!"), SLICE)
                .all();
        assertThat(unanswered.judge(demand).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void anOutageIsToldWithItsLines() {
        var all = Service.measure(Scene.history("@10 *kill @12 a[read @40 a]=null"), SLICE)
                .all();
        assertThat(all.judge(new Demand.Recovered(Duration.ofMillis(20))).findings())
                .extracting(Finding::reason)
                .containsExactly(
                        "all nodes: after kill (line 1): 28 ms without an answer, as nobody was answered for 28 ms"
                                + " from line 2 (97: read x null) to line 3 (97: read x null)");
    }

    @Test
    void aSliceOfNothingIsRefused() {
        assertThatThrownBy(() -> Service.measure(Scene.history("a.read=null"), Duration.ZERO))
                .hasMessageContaining("longer than nothing");
    }
}
