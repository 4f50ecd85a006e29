package dcluster.app.bench;

import dcluster.host.Point;
import dcluster.lab.crashes.Victim;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The points of two-phase commit at which members end, as textbooks number them. */
final class CrashesPlan {
    static final List<String> PROTOCOLS = List.of("basic", "presumed-abort", "presumed-commit");
    static final List<String> TERMINATIONS = List.of("coordinator", "cooperative");

    /** In a coordinator; the last one where commits are acknowledged. */
    private static final List<Place> COORDINATOR = List.of(
            new Place("sends Prepare 1", "before the first prepare leaves"),
            new Place("receives Vote 2", "after one vote"),
            new Place("journals Decided 1", "after all votes, the decision not durable"),
            new Place("durable Decided 1", "the decision durable"),
            new Place("sent Decision 1", "the first decision sent"),
            new Place("answers 1", "before the answer to the client"),
            new Place("receives Acknowledge 2", "before the last acknowledgement is handled"));

    private static final List<Place> PARTICIPANT = List.of(
            new Place("receives Execute 1", "the work has arrived"),
            new Place("journals Prepared 1", "the vote not durable"),
            new Place("durable Prepared 1", "the vote durable and not sent"),
            new Place("sent Vote 1", "the vote sent"),
            new Place("receives Decision 1", "the decision has arrived"),
            new Place("journals Committed 1", "the commit not durable"),
            new Place("durable Committed 1", "the commit durable and not acknowledged"));

    private CrashesPlan() {}

    private record Place(String point, String about) {}

    /**
     * One of them.
     *
     * @param number from 1, among those of the victim
     * @param isAll whether all members end with the victim
     */
    record Numbered(int number, Victim victim, boolean isAll, Point point, String about) {
        /** Who ends, as people read it. */
        String who() {
            var one = victim == Victim.COORDINATOR ? "coordinator" : "participant";
            return isAll ? "all, at a " + one + "'s" : one;
        }
    }

    /** A variant of the algorithm. */
    record Variant(String protocol, String termination) {
        String text() {
            return "two-phase-commit:protocol=" + protocol + ",termination=" + termination;
        }

        /** Whether commits are acknowledged. */
        private boolean acknowledges() {
            return !protocol.equals("presumed-commit");
        }

        /** The points of its protocol, of each member alone and then of all together. */
        List<Numbered> points() {
            return Stream.of(false, true)
                    .flatMap(isAll -> Stream.concat(
                            numbered(Victim.COORDINATOR, COORDINATOR, isAll)
                                    .limit(acknowledges() ? COORDINATOR.size() : COORDINATOR.size() - 1L),
                            numbered(Victim.FIRST, PARTICIPANT, isAll)))
                    .toList();
        }

        private static Stream<Numbered> numbered(Victim victim, List<Place> places, boolean isAll) {
            return IntStream.range(0, places.size())
                    .mapToObj(i ->
                            new Numbered(i + 1, victim, isAll, Point.parse(places.get(i).point), places.get(i).about));
        }
    }

    /** All of these protocols and rules. */
    static List<Variant> variants(List<String> protocols, List<String> terminations) {
        return protocols.stream()
                .flatMap(protocol -> terminations.stream().map(termination -> new Variant(protocol, termination)))
                .toList();
    }
}
