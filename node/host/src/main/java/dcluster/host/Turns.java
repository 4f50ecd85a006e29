package dcluster.host;

import java.util.ArrayDeque;

/**
 * Cuts the stream of events into turns. A turn is asked of the loop with the first event and runs when the loop has
 * read every socket that is ready, so it takes all events that were waiting; what comes meanwhile waits for the next.
 */
final class Turns {
    private final Loop loop;
    private final int most;
    private final Runnable turn;
    private final ArrayDeque<Runnable> inbox = new ArrayDeque<>();
    private boolean asked;
    private boolean unfinished;

    /** {@code turn} is one whole turn; it takes its events by {@link #deliver}. */
    Turns(Loop loop, int most, Runnable turn) {
        this.loop = loop;
        this.most = most;
        this.turn = turn;
    }

    void add(Runnable event) {
        inbox.add(event);
        ask();
    }

    /** Asks for a turn, unless one is asked for already. */
    void ask() {
        if (!asked) {
            asked = true;
            loop.execute(this::run);
        }
    }

    /** Delivers the events that wait now, within the bound, and returns how many. */
    int deliver() {
        int count = Math.min(inbox.size(), most);
        for (int i = 0; i < count; i++) {
            inbox.remove().run();
        }
        return count;
    }

    int waiting() {
        return inbox.size();
    }

    /** A turn that threw is the last one: whatever state it left, nothing of it may be written or sent. */
    private void run() {
        asked = false;
        if (!unfinished) {
            unfinished = true;
            turn.run();
            unfinished = false;
        }
    }
}
