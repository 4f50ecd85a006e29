package dcluster.raft;

/**
 * Keeps log and journal bounded (section 7). The journal is rewritten as state, remaining log and what was received of a
 * snapshot when it is more than twice as large as they are, so that rewriting costs no more than writing did. In memory applied entries stay for
 * followers that lag a little; beyond a bound the older half of them is dropped, and who still needs one is sent a
 * snapshot.
 */
final class Compaction {
    /** How much more than usual may stay in memory while a snapshot that it must continue is being sent. */
    private static final int PATIENCE = 4;

    private final Replica replica;
    private long begunAtIndex;

    // The size of the journal when its rewriting was tried last, and that at which it is to be tried again at the
    // earliest: 0 once it has shrunk, and so was rewritten.
    private long triedAtBytes;
    private long againAtBytes;

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

    /**
     * Begins to rewrite the journal if that is worth it. As long as an earlier rewriting is under way none can begin, one
     * that finds no room on the disk is abandoned, and each attempt lists the log's suffix. So the next one waits until
     * the journal is about half as large again; how much exactly is drawn, since replicas grow together and may share a
     * disk.
     */
    void rewriteIfWorthIt() {
        long journal = replica.context().journalBytes();
        if (journal < triedAtBytes) {
            againAtBytes = 0;
        }
        if (journal <= limitBytes() || journal < againAtBytes) {
            return;
        }
        triedAtBytes = journal;
        againAtBytes = journal + journal / 4 + replica.context().random().nextLong(journal / 2 + 1);
        long index = replica.durable().machine().applied();
        if (replica.context()
                .compact(StateRecords.of(replica.durable(), replica.config().chunkBytes()))) {
            begunAtIndex = index;
            replica.context().note("rewrites its journal", "index", index, "bytes", journal);
        }
    }

    private long limitBytes() {
        var machine = replica.durable().machine();
        long suffix =
                replica.log().bytesBetween(machine.applied(), replica.log().lastIndex());
        var incoming = replica.durable().incoming();
        long received = incoming == null ? 0 : incoming.store().bytes();
        return Math.max(replica.config().snapshotEvery().bytes().bytes(), 2 * (machine.bytes() + suffix + received));
    }

    /** Up to where the latest rewriting that was begun reached; 0 if there was none. */
    long begunAtIndex() {
        return begunAtIndex;
    }
}
