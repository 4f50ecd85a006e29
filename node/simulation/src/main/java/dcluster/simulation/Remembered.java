package dcluster.simulation;

import dcluster.journal.Past;
import dcluster.journal.Witness;

/** What is remembered of a simulated machine's incarnations, outside of its disk: enough to begin again once it is wiped. */
record Remembered(long incarnation, boolean isWiped) implements Witness {
    /** Of a machine whose disk is trusted to hold what it held. */
    static final Remembered NOTHING = new Remembered(0, false);

    /** Its disk is empty, and that is known. */
    static Remembered wipedAfter(long incarnation) {
        return new Remembered(incarnation, true);
    }

    @Override
    public Past past() {
        return new Past(incarnation, 0);
    }

    @Override
    public void wiped() {}

    @Override
    public void opened(Past now) {}

    @Override
    public void reached(long position) {}

    @Override
    public void close() {}
}
