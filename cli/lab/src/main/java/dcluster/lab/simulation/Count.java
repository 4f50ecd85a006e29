package dcluster.lab.simulation;

/** A number that a write tells: what a counter holds after an addition, or how long a list is with an element at its end. */
sealed interface Count {
    /** Whose. */
    String key();

    record Sum(String key, long sum) implements Count {}

    record Length(String key, String element, long length) implements Count {}
}
