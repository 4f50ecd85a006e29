package dcluster.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random numbers by name. Each is a function of the seed and of what it is drawn for, as what is sent from n1 to n2 at
 * some moment: so whatever is left out of a run, the rest draws the same numbers as before, and a failing schedule can be made
 * shorter without becoming another one.
 */
public final class Draws {
    /** What numbers are drawn for. */
    public enum Purpose {
        MESSAGE_DELAY,
        MESSAGE_TAIL,
        MESSAGE_LOSS,
        MESSAGE_REPETITION,
        MESSAGE_REORDERING,
        TURN,
        SYNC,
        SALT,
        COMPACTION,
        POWER_LOSS,
        ALGORITHM,
        CLIENT_WAY,
        REIGN,
        SPARED,
        FLAPPING,
        CLIENT_TEMPER,
        CLIENT_MOMENT,
        CLIENT_NODE,
        CLIENT_QUESTION,
        CLIENT_SESSION,
        CLIENT_REPETITION,
        OPERATOR,
        TARGET
    }

    private final long seed;

    public Draws(long seed) {
        this.seed = seed;
    }

    /** Sixty-four bits for the n-th time that somebody needs some for this purpose. */
    public long bits(Purpose purpose, long who, long n) {
        return mixed(mixed(mixed(seed + purpose.name().hashCode()) + who) + n);
    }

    /** From 0 to 1, without 1. */
    public double share(Purpose purpose, long who, long n) {
        return (bits(purpose, who, n) >>> 11) * 0x1.0p-53;
    }

    /** From 0 to a bound, without the bound. */
    public long below(long bound, Purpose purpose, long who, long n) {
        return Long.remainderUnsigned(bits(purpose, who, n), bound);
    }

    /** A sequence of numbers of its own. */
    public RandomGenerator sequence(Purpose purpose, long who, long n) {
        return new SplittableRandom(bits(purpose, who, n));
    }

    /** A bijection that spreads each bit over all (Steele, Lea and Flood 2014, the finisher of SplitMix). */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
