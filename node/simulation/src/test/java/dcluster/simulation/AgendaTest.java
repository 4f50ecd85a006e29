package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda();
    private final List<String> happened = new ArrayList<>();

    private void note(String what) {
        happened.add(what + "@" + agenda.now());
    }

    private void runAll() {
        while (agenda.next() < Long.MAX_VALUE) {
            agenda.run();
        }
    }

    @Test
    void eventsHappenInTheOrderOfTimeAndThoseOfOneMomentAsTheyWerePutDown() {
        agenda.at(20, () -> note("later"));
        agenda.at(10, () -> note("first"));
        agenda.after(10, () -> note("second"));
        assertThat(agenda.next()).isEqualTo(10);
        runAll();
        assertThat(happened).containsExactly("first@10", "second@10", "later@20");
    }

    @Test
    void whatIsPutDownForThePastHappensAtOnceBehindWhatWaits() {
        agenda.at(10, () -> {
            agenda.at(3, () -> note("late"));
            note("now");
        });
        agenda.at(10, () -> note("waits"));
        runAll();
        assertThat(happened).containsExactly("now@10", "waits@10", "late@10");
    }

    @Test
    void manyEventsThatComeAndGoAreInOrder() {
        var random = new SplittableRandom(1);
        var expected = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            long moment = random.nextLong(200);
            String name = moment + "/" + i;
            expected.add(name);
            agenda.at(moment, () -> {
                happened.add(name);
                if (random.nextInt(3) == 0) {
                    agenda.after(random.nextLong(50), () -> {});
                }
            });
        }
        runAll();
        expected.sort(Comparator.comparingLong(AgendaTest::moment));
        assertThat(happened).isEqualTo(expected);
    }

    private static long moment(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('/')));
    }

    @Test
    void timePassesWithoutEventsButNeverBack() {
        assertThat(agenda.next()).isEqualTo(Long.MAX_VALUE);
        agenda.pass(7);
        agenda.pass(5);
        assertThat(agenda.now()).isEqualTo(7);
    }
}
