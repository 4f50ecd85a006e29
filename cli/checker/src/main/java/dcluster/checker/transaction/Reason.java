package dcluster.checker.transaction;

import org.jspecify.annotations.Nullable;

/**
 * The evidence for an edge.
 *
 * @param before the version of the key on the side of the first transaction; null is what the key is at first
 * @param after the version on the side of the second
 */
record Reason(String key, @Nullable Object before, @Nullable Object after) {}
