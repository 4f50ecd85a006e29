package dcluster.paxos;

/** A proposal and its instance. */
record Placed(long slot, Proposal proposal) {
    Placed {
        if (slot < 1) {
            throw new IllegalArgumentException("a slot is from 1: " + slot);
        }
    }
}
