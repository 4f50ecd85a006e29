package dcluster.toolkit;

/** What a key of a {@link KeyedState} holds; immutable. It knows its hash and size, so that replacing it costs little. */
public interface Weighed {
    /** The same on every machine for what is equal. */
    long hash();

    /** About its encoded size. */
    long bytes();

    /** What it takes on the heap, rather too high than too low. */
    long memoryBytes();
}
