package dcluster.raft;

/**
 * Keeps log and journal bounded (section 7). The journal is rewritten as state and remaining log when it is more than
 * twice as large as they are, so that rewriting costs no more than writing did. In memory applied entries stay for
 * followers that lag a little; beyond a bound the older half of them is dropped, and who still needs one is sent a
 * snapshot.
 */
final class Compaction {
    /** How much more than usual may stay in memory while a snapshot that it must continue is being sent. */
    private static final int PATIENCE = 4;

    private final Replica replica;
    private long begunAtBytes;
    private long begunAtIndex;

    Compaction(Replica replica) {
        this.replica = replica;
    }

    // The log in memory

    /** Drops what is applied and beyond the bound, but as long as possible nothing after {@code needed}. */
    void dropPrefix(long needed) {
        var log = replica.log();
        long applied = replica.durable().machine().applied();
        var most = replica.config().snapshotEvery();
        long before = log.firstIndex() - 1;
        if (!most.exceededBy(applied - before, log.bytesBetween(before, applied))) {
            return;
        }
        boolean patient = !most.exceededBy((applied - before) / PATIENCE, log.bytesBetween(before, applied) / PATIENCE);
        long through = firstHalf(before, applied);
        log.discardThrough(patient ? Math.max(before, Math.min(through, needed)) : through);
    }

    /** The least index after which at most half of the bound is applied. */
    private long firstHalf(long before, long applied) {
        var most = replica.config().snapshotEvery();
        long low = Math.max(before, applied - most.entries() / 2);
        long high = applied;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (replica.log().bytesBetween(middle, applied) > most.bytes().bytes() / 2) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    // The journal

    /** Begins to rewrite the journal if that is worth it. */
    void rewriteIfWorthIt() {
        long journal = replica.context().journalBytes();
        if (journal <= limitBytes()) {
            begunAtBytes = 0;
            return;
        }
        // A rewriting that was begun may still be under way, or have been outrun by new records.
        if (journal < 2 * begunAtBytes) {
            return;
        }
        begunAtBytes = journal;
        begunAtIndex = replica.durable().machine().applied();
        replica.context().note("rewrites its journal", "index", begunAtIndex, "bytes", journal);
        replica.context()
                .compact(StateRecords.of(replica.durable(), replica.config().chunkBytes()));
    }

    private long limitBytes() {
        var machine = replica.durable().machine();
        long suffix =
                replica.log().bytesBetween(machine.applied(), replica.log().lastIndex());
        return Math.max(replica.config().snapshotEvery().bytes().bytes(), 2 * (machine.bytes() + suffix));
    }

    /** Up to where the latest rewriting that was begun reached; 0 if there was none. */
    long begunAtIndex() {
        return begunAtIndex;
    }
}
