package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    void timePassesWithoutEventsButNeverBack() {
        assertThat(agenda.next()).isEqualTo(Long.MAX_VALUE);
        agenda.pass(7);
        agenda.pass(5);
        assertThat(agenda.now()).isEqualTo(7);
    }
}
