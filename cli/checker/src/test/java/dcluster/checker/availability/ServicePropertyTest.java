package dcluster.checker.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.finding.Answer;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.testing.RandomRegister;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measure against its definition. {@code -Ddcluster.checker.histories} sets over how many histories. */
class ServicePropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);
    private static final Duration SLICE = Duration.ofNanos(10);

    private record Time(int fromLine, int toLine, long from, long to) {}

    @Test
    void outagesAndRecoveriesAgreeWithTheirDefinition() {
        int invalid = 0;
        int indeterminate = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomRegister.history(seed, 8, 4);
            var side = Service.measure(history, SLICE).all();
            var text = "seed %s: %s".formatted(seed, history);
            var outages = outages(history);
            assertThat(side.outages())
                    .as(text)
                    .extracting(outage -> new Time(outage.fromLine(), outage.toLine(), outage.from(), outage.to()))
                    .containsExactlyInAnyOrderElementsOf(outages);
            long longest = outages.stream()
                    .mapToLong(outage -> outage.to - outage.from)
                    .max()
                    .orElse(0);
            long after = history.notes().get(0).line();
            long recovery = outages.stream()
                    .filter(outage -> outage.toLine > after)
                    .mapToLong(outage -> outage.to - Math.max(outage.from, latest(history, (int) after)))
                    .max()
                    .orElse(0);
            assertThat(side.longestOutage().toNanos()).as(text).isEqualTo(longest);
            assertThat(side.recoveries().get(0).time().toNanos()).as(text).isEqualTo(recovery);
            assertThat(side.slices().stream().mapToLong(Slice::answered).sum()).isEqualTo(side.answered());
            long ok = history.count(Operation.Outcome.OK);
            boolean isValid = longest <= 20
                    && recovery <= 15
                    && ok * 4 >= history.operations().size() * 3L;
            assertThat(isMet(side)).as(text).isEqualTo(isValid);
            invalid += isValid ? 0 : 1;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 5);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
    }

    private static boolean isMet(Side side) {
        var demands = List.of(
                new Demand.Share(0.75),
                new Demand.LongestOutage(Duration.ofNanos(20)),
                new Demand.Recovered(Duration.ofNanos(15)));
        return demands.stream().noneMatch(demand -> side.judge(demand).answer() == Answer.VIOLATED);
    }

    /** From each answer, or from the beginning, to the next answer, or to the end: as soon as somebody is waiting. */
    private static List<Time> outages(History history) {
        var answers = new ArrayList<>(List.of(0));
        history.operations().stream()
                .filter(Operation::isOk)
                .map(Operation::ended)
                .sorted()
                .forEach(answers::add);
        var outages = new ArrayList<Time>();
        for (int i = 0; i < answers.size(); i++) {
            int from = firstWaiting(history, answers.get(i));
            int to = i + 1 < answers.size() ? answers.get(i + 1) : Operation.NEVER;
            if (from != Operation.NEVER) {
                outages.add(new Time(from, to, latest(history, from), latest(history, to)));
            }
        }
        return outages;
    }

    private static int firstWaiting(History history, int answer) {
        int first = Operation.NEVER;
        for (var operation : history.operations()) {
            boolean isOpen = operation.isIndeterminate()
                    ? operation.endTime() > latest(history, answer)
                    : operation.ended() > answer;
            if (operation.invoked() > answer) {
                first = Math.min(first, operation.invoked());
            } else if (isOpen) {
                first = answer;
            }
        }
        return first;
    }

    /** The latest time that was recorded up to a position; of what has no line, up to the end. */
    private static long latest(History history, int position) {
        long latest = Long.MIN_VALUE;
        for (var operation : history.operations()) {
            latest = operation.invoked() <= position ? Math.max(latest, operation.invokeTime()) : latest;
            boolean hasEnd = operation.ended() <= position;
            latest = hasEnd ? Math.max(latest, operation.endTime()) : latest;
        }
        var heal = history.notes().get(0);
        return heal.line() <= position ? Math.max(latest, heal.time()) : latest;
    }
}
