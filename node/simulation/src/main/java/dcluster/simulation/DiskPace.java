package dcluster.simulation;

import dcluster.journal.MemoryDisk;
import dcluster.simulation.Draws.Purpose;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How long the disk of one machine takes, and whether it fails. */
final class DiskPace {
    /** What syncs, and may fail. */
    interface Syncing<T> {
        T run() throws IOException;
    }

    private static final long LEAST_NANOS = 50_000;
    private static final long USUAL_NANOS = 400_000;
    private static final int ONE_IN = 64;
    private static final long HICCUP_NANOS = 20_000_000;

    private final Agenda agenda;
    private final Draws draws;
    private final int node;
    private final MemoryDisk disk;
    private long syncs;
    private long stallNanos;
    private long stalled;
    private boolean failing;
    private @Nullable Runnable during;

    DiskPace(Agenda agenda, Draws draws, int node, MemoryDisk disk) {
        this.agenda = agenda;
        this.draws = draws;
        this.node = node;
        this.disk = disk;
    }

    /** From now on each sync takes so much longer; 0 ends that. */
    void stall(long nanos) {
        stallNanos = nanos;
    }

    /** The next sync fails, and what it should have written is lost although a later one succeeds; or it does not. */
    void failNextSync(boolean fails) {
        failing = fails;
    }

    /** Something happens in the midst of the next sync; nothing, if it is null. */
    void duringNextSync(@Nullable Runnable event) {
        during = event;
    }

    /** How often it has been asked to sync. */
    long syncs() {
        return syncs;
    }

    void afterSync(Runnable synced) {
        long bits = draws.bits(Purpose.SYNC, node, agenda.now());
        long nanos = LEAST_NANOS + Long.remainderUnsigned(bits, USUAL_NANOS);
        syncs++;
        stalled += stallNanos > 0 ? 1 : 0;
        boolean hiccup = (bits >>> 56) % ONE_IN == 0;
        agenda.after(nanos + (hiccup ? Long.remainderUnsigned(bits >>> 8, HICCUP_NANOS) : 0) + stallNanos, synced);
        var event = during;
        if (event != null) {
            during = null;
            agenda.after(nanos / 2, event);
        }
    }

    /** How many syncs a fault made longer. */
    long stalled() {
        return stalled;
    }

    /** Carries out what syncs; if the next sync is to fail, this fails as soon as it comes to one. */
    <T> T sync(Syncing<T> syncing) throws IOException {
        if (failing) {
            disk.failNextForce();
        }
        try {
            return syncing.run();
        } catch (MemoryDisk.Failure e) {
            failing = false;
            throw e;
        } finally {
            disk.forcesSucceed();
        }
    }

    void afterPiece(Runnable written) {
        agenda.after(LEAST_NANOS + draws.below(USUAL_NANOS * 8, Purpose.COMPACTION, node, agenda.now()), written);
    }
}
