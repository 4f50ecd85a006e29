package dcluster.toolkit.testing;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs a property under many seeds; a failure says its seed first, and {@code -Ddcluster.seed=N} runs that one alone.
 */
public final class Seeds {
    private static final String PROPERTY = "dcluster.seed";

    private Seeds() {}

    /** Runs {@code property} with generators seeded 1 to {@code count}. */
    public static void check(int count, Consumer<RandomGenerator> property) {
        var only = Long.getLong(PROPERTY);
        if (only != null) {
            check(only.longValue(), property);
            return;
        }
        for (long seed = 1; seed <= count; seed++) {
            check(seed, property);
        }
    }

    private static void check(long seed, Consumer<RandomGenerator> property) {
        try {
            property.accept(new SplittableRandom(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("fails with -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
        }
    }
}
