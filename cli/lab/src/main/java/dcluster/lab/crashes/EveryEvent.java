package dcluster.lab.crashes;

import dcluster.host.Point;
import dcluster.simulation.Population;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends members at every single event of a transaction's life: at each message before it leaves, when it has left and before
 * it is handled, at each record when it is given to the journal and when it is durable, and before each answer.
 *
 * @param cases how many crashes there were
 * @param violations what must never be, each with the case
 */
public record EveryEvent(int cases, List<String> violations) {
    private static final int MOST_EVENTS = 1_000;

    public EveryEvent {
        violations = List.copyOf(violations);
    }

    /**
     * Who ends.
     *
     * @param isAll whether all members end with the victim
     * @param losesPower whether what was not synced may be gone
     */
    public record Manner(Victim victim, boolean isAll, boolean losesPower) {
        /** All there are. */
        public static List<Manner> all() {
            var all = new ArrayList<Manner>();
            for (var victim : Victim.values()) {
                for (int i = 0; i < 4; i++) {
                    all.add(new Manner(victim, i / 2 == 1, i % 2 == 1));
                }
            }
            return all;
        }
    }

    /** All events of the victim's life; {@code progress} is told of each. */
    public static EveryEvent of(
            Population<?, ?, ?, ?> population, Manner manner, Duration down, long seed, Consumer<Point> progress) {
        var violations = new ArrayList<String>();
        for (int number = 1; number < MOST_EVENTS; number++) {
            var point = new Point(Point.Event.EVENT, "", number);
            var crashed = Trial.runQuickly(
                    population, new Trial.Terms(manner.victim, point, manner.isAll, manner.losesPower, down, seed));
            if (!crashed.isMet()) {
                return new EveryEvent(number - 1, violations);
            }
            crashed.violations().forEach(violation -> violations.add(manner + ", " + point + ": " + violation));
            progress.accept(point);
        }
        throw new IllegalStateException("a transaction has more than " + MOST_EVENTS + " events: " + manner);
    }

    /** With another one. */
    public EveryEvent plus(EveryEvent other) {
        var both = new ArrayList<>(violations);
        both.addAll(other.violations);
        return new EveryEvent(cases + other.cases, both);
    }
}
