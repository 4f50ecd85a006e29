package dcluster.quorum;

/**
 * One version that an actor made, the {@code counter}-th of its key, from 1. In a {@link Clock} it stands for all that
 * its actor had made until then.
 */
record Dot(Actor actor, long counter) implements Comparable<Dot> {
    Dot {
        if (counter < 1) {
            throw new IllegalArgumentException("an actor's versions count from 1: " + counter);
        }
    }

    /** As clients see it in a context. */
    @Override
    public String toString() {
        return actor + ":" + counter;
    }

    long stateHash() {
        return actor.stateHash() * 31 + counter;
    }

    @Override
    public int compareTo(Dot other) {
        int byActor = actor.compareTo(other.actor);
        return byActor != 0 ? byActor : Long.compare(counter, other.counter);
    }
}
