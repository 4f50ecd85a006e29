package dcluster.checker.linear;

import java.time.Duration;

/**
 * What a check may take before it says that it does not know.
 *
 * @param time by the clock on the wall
 * @param bytes of memory for what a search remembers, about
 */
public record Budget(Duration time, long bytes) {}
