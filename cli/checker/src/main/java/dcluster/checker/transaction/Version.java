package dcluster.checker.transaction;

import org.jspecify.annotations.Nullable;

/** A transaction and a value of a key that it wrote or saw; null is what the key is at first. */
record Version(int transaction, @Nullable Object value) {}
