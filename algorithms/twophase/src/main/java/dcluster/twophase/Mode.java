package dcluster.twophase;

/** How a lock is held: by any number of readers, or by one writer alone (Gray 1978). */
enum Mode {
    SHARED,
    EXCLUSIVE;

    boolean conflictsWith(Mode other) {
        return this == EXCLUSIVE || other == EXCLUSIVE;
    }
}
