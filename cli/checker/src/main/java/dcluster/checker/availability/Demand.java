package dcluster.checker.availability;

import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Judgement;
import java.time.Duration;
import java.util.List;

/** What a side may be held to. */
public sealed interface Demand {
    /** What is to be said of a side that was asked something. */
    Judgement judge(Side side);

    /** At least this share of operations is answered; from 0 to 1. */
    record Share(double least) implements Demand {
        @Override
        public Judgement judge(Side side) {
            if (side.share() >= least) {
                return Judgement.holds();
            }
            var reason = side.name() + ": " + side.answered() + " of " + side.asked()
                    + " operations were answered, less than a share of " + least;
            return Judgement.violated(List.of(new Finding(side.inVain(), reason)));
        }
    }

    /** No outage lasts longer. */
    record LongestOutage(Duration most) implements Demand {
        @Override
        public Judgement judge(Side side) {
            var longer = side.outages().stream()
                    .filter(outage -> outage.length().compareTo(most) > 0)
                    .map(outage -> outage.finding(side.name() + ": " + outage))
                    .toList();
            return longer.isEmpty() ? Judgement.holds() : Judgement.violated(longer);
        }
    }

    /** After each note of the nemesis nobody is without an answer for longer. */
    record Recovered(Duration most) implements Demand {
        @Override
        public Judgement judge(Side side) {
            var told = side.recoveries().stream().filter(Recovery::isAsked).toList();
            var late = told.stream()
                    .filter(recovery -> recovery.time().compareTo(most) > 0)
                    .map(recovery -> recovery.finding(side.name()))
                    .toList();
            if (!late.isEmpty()) {
                return Judgement.violated(late);
            }
            var open = told.stream().filter(recovery -> !recovery.isAnswered()).findFirst();
            if (open.isPresent()) {
                return Judgement.unknown(side.name() + ": " + open.get());
            }
            return told.isEmpty()
                    ? Judgement.unknown(side.name() + ": nobody asked after a note of the nemesis")
                    : Judgement.holds();
        }
    }
}
