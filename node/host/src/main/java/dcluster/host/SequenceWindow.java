package dcluster.host;

import java.util.BitSet;

/**
 * Which of the latest sequences of one sender have come, each of which is to count once; what is older than the window
 * is wide counts as come. A window of one admits only what is above all that came.
 */
final class SequenceWindow {
    private final int width;

    /** A ring: the place of a sequence is its remainder. */
    private final BitSet come;

    private long last;

    /** So many sequences wide, from 1. */
    SequenceWindow(int width) {
        this.width = width;
        come = new BitSet(width);
    }

    /** Whether a sequence, from 1, is to count. */
    boolean admits(long sequence) {
        if (sequence > last) {
            goOnTo(sequence);
        } else if (sequence <= last - width || come.get(place(sequence))) {
            return false;
        }
        come.set(place(sequence));
        return true;
    }

    private void goOnTo(long sequence) {
        for (long fresh = Math.max(last, sequence - width) + 1; fresh <= sequence; fresh++) {
            come.clear(place(fresh));
        }
        last = sequence;
    }

    private int place(long sequence) {
        return Math.floorMod(sequence, width);
    }
}
