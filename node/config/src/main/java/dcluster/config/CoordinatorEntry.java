package dcluster.config;

import dcluster.spi.Member;
import java.util.Optional;

/**
 * The coordinator as a cluster file describes it: an entry as a node's, and how it routes. A {@linkplain ClusterFile#write
 * resolved} file says the latter of each coordinator that routes, and of no other.
 */
record CoordinatorEntry(
        Optional<Located<String>> id,
        Optional<Located<String>> host,
        Optional<Located<Integer>> port,
        Optional<Located<Integer>> peerPort,
        Optional<Located<Integer>> adminPort,
        Optional<Located<String>> zone,
        Optional<Located<Balance>> balance) {
    static final RecordForm<CoordinatorEntry> FORM = Forms.of(CoordinatorEntry.class);

    /** The entry that says everything about a coordinator; {@code balance} is that of one which routes. */
    static CoordinatorEntry of(Member member, Optional<Balance> balance) {
        var entry = MemberEntry.of(member).value();
        return new CoordinatorEntry(
                entry.id(),
                entry.host(),
                entry.port(),
                entry.peerPort(),
                entry.adminPort(),
                entry.zone(),
                balance.map(Located::nowhere));
    }

    MemberEntry member() {
        return new MemberEntry(id, host, port, peerPort, adminPort, zone);
    }
}
