package dcluster.simulation;

import dcluster.journal.MemoryDisk;
import dcluster.simulation.Draws.Purpose;
import java.io.IOException;

/** How long the disk of one machine takes, and whether it fails. */
final class DiskPace {
    /** What syncs, and may fail. */
    interface Syncing<T> {
        T run() throws IOException;
    }

    private final Agenda agenda;
    private final Draws draws;
    private final int node;
    private final MemoryDisk disk;
    private long stallNanos;
    private long stalled;
    private final InForce<Runnable> failures = new InForce<>(() -> {}, last -> {});
    private final InForce<Runnable> during = new InForce<>(() -> {}, last -> {});

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

    /**
     * The next sync fails, and what it should have written is lost although a later one succeeds; if others were to
     * fail, they are those after it.
     *
     * @return what withdraws that
     */
    Runnable failNextSync(Runnable whenFailed) {
        return failures.begin(whenFailed);
    }

    /** Something happens in the midst of the next sync; returns what withdraws that. Others happen in later syncs. */
    Runnable duringNextSync(Runnable event) {
        return during.begin(event);
    }

    void afterSync(Runnable synced) {
        long bits = draws.bits(Purpose.SYNC, node, agenda.now());
        stalled += stallNanos > 0 ? 1 : 0;
        agenda.after(Tempo.syncNanos(bits) + stallNanos, synced);
        if (during.isAny()) {
            agenda.after(Tempo.steadySyncNanos(bits) / 2, during.take());
        }
    }

    /** How many syncs a fault made longer. */
    long stalled() {
        return stalled;
    }

    /** Carries out what syncs; if the next sync is to fail, this fails as soon as it comes to one. */
    <T> T sync(Syncing<T> syncing) throws IOException {
        if (failures.isAny()) {
            disk.failNextForce();
        }
        try {
            return syncing.run();
        } catch (MemoryDisk.Failure e) {
            failures.take().run();
            throw e;
        } finally {
            disk.forcesSucceed();
        }
    }

    void afterPiece(Runnable written) {
        agenda.after(Tempo.pieceNanos(draws.bits(Purpose.COMPACTION, node, agenda.now())), written);
    }
}
