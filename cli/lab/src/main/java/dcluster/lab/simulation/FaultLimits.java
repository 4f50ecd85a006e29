package dcluster.lab.simulation;

import dcluster.simulation.Fault;
import dcluster.simulation.Links.Quality;
import java.util.stream.DoubleStream;

/** What a fault that somebody wrote down must keep to. */
final class FaultLimits {
    private static final long MOST_DRIFT = 900_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long HOUR = 3_600_000 * MILLISECOND;
    private static final long YEAR = 365 * 24 * HOUR;

    private FaultLimits() {}

    /** @throws IllegalArgumentException if no simulation can bring it about */
    static void require(Fault fault) {
        requireSpan("for", fault.nanos());
        requireTurns(fault);
        if (fault instanceof Fault.Leap leap) {
            requireSpan("by", leap.byNanos());
        }
        if (fault instanceof Fault.SlowDisk slow) {
            requireSpan("by", slow.byNanos());
        }
        if (fault instanceof Fault.CrashAt crash) {
            requireSpan("down", crash.downNanos());
        }
        if (fault instanceof Fault.WallClock clock && Math.abs(clock.byNanos() / 2) > YEAR / 2) {
            throw new IllegalArgumentException("by is at most a year, forward or back");
        }
        if (fault instanceof Fault.Drift drift
                && (drift.partsInAMillion() < -MOST_DRIFT || drift.partsInAMillion() > MOST_DRIFT)) {
            throw new IllegalArgumentException("parts-in-a-million is from -" + MOST_DRIFT + " to " + MOST_DRIFT);
        }
        if (fault instanceof Fault.Weather weather) {
            require(weather.quality());
        }
    }

    /** What comes again as soon as it is over must take some time: else virtual time stands still. */
    private static void requireTurns(Fault fault) {
        if (fault instanceof Fault.ShortReigns reigns) {
            requireTurn("reign", reigns.reignNanos());
            requireTurn("down", reigns.downNanos());
        }
        if (fault instanceof Fault.Usurpations usurpations) {
            requireTurn("reign", usurpations.reignNanos());
            requireTurn("apart", usurpations.apartNanos());
        }
        if (fault instanceof Fault.FlappingLinks flapping) {
            requireTurn("period", flapping.periodNanos());
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
        requireAtMostAnHour(key, nanos);
    }

    private static void requireTurn(String key, long nanos) {
        if (nanos < MILLISECOND) {
            throw new IllegalArgumentException(key + " is at least 1ms");
        }
        requireAtMostAnHour(key, nanos);
    }

    private static void requireAtMostAnHour(String key, long nanos) {
        if (nanos > HOUR) {
            throw new IllegalArgumentException(key + " is at most 1h");
        }
    }
}
