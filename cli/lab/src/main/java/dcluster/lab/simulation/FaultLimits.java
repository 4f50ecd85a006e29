package dcluster.lab.simulation;

import dcluster.simulation.Fault;
import dcluster.simulation.Links.Quality;
import java.util.stream.DoubleStream;

/** What a fault that somebody wrote down must keep to. */
final class FaultLimits {
    private static final long MOST_DRIFT = 900_000;

    private FaultLimits() {}

    /** @throws IllegalArgumentException if no simulation can bring it about */
    static void require(Fault fault) {
        requireSpan("for", fault.nanos());
        if (fault instanceof Fault.Leap leap) {
            requireSpan("by", leap.byNanos());
        }
        if (fault instanceof Fault.SlowDisk slow) {
            requireSpan("by", slow.byNanos());
        }
        if (fault instanceof Fault.ShortReigns reigns) {
            requireSpan("reign", reigns.reignNanos());
            requireSpan("down", reigns.downNanos());
        }
        if (fault instanceof Fault.Drift drift && Math.abs(drift.partsInAMillion()) > MOST_DRIFT) {
            throw new IllegalArgumentException("parts-in-a-million is from -" + MOST_DRIFT + " to " + MOST_DRIFT);
        }
        if (fault instanceof Fault.Weather weather) {
            require(weather.quality());
        }
    }

    static void require(Quality quality) {
        requireSpan("least", quality.leastNanos());
        requireSpan("spread", quality.spreadNanos());
        if (DoubleStream.of(quality.loss(), quality.repetition(), quality.reordering())
                .anyMatch(share -> !(share >= 0 && share <= 1))) {
            throw new IllegalArgumentException("loss, repetition and reordering are shares, from 0 to 1");
        }
    }

    private static void requireSpan(String key, long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException(key + " is not negative");
        }
    }
}
