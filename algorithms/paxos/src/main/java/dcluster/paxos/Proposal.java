package dcluster.paxos;

import dcluster.toolkit.Sized;

/** A number and a value (Paxos Made Simple, 2.2), for one instance. */
record Proposal(Ballot ballot, Value value) implements Sized {
    @Override
    public long bytes() {
        return value.bytes();
    }
}
