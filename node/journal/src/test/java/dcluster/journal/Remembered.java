package dcluster.journal;

import java.io.IOException;

/** A witness in memory, which outlives every journal and never forgets. */
final class Remembered implements Witness {
    private Past past;
    private boolean failing;
    private boolean wiped;

    Remembered(Past past) {
        this.past = past;
    }

    /** From now on it can remember nothing. */
    void fail() {
        failing = true;
    }

    @Override
    public void wiped() {
        wiped = true;
    }

    @Override
    public boolean isWiped() {
        return wiped;
    }

    @Override
    public Past past() {
        return past;
    }

    @Override
    public void opened(Past now) throws IOException {
        if (wiped) {
            past = new Past(past.incarnation(), 0);
        }
        advance(now);
        wiped = false;
    }

    @Override
    public void reached(long position) throws IOException {
        advance(new Past(past.incarnation(), position));
    }

    private void advance(Past now) throws IOException {
        if (failing) {
            throw new IOException("cannot remember");
        }
        if (!past.isWithin(now)) {
            throw new AssertionError("from " + past + " back to " + now);
        }
        past = now;
    }

    @Override
    public void close() {}
}
