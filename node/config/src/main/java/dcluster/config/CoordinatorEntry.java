package dcluster.config;

import dcluster.spi.Default;
import dcluster.spi.Member;
import java.util.Optional;

/** The coordinator as a cluster file describes it: an entry as a node's, and how it routes. */
record CoordinatorEntry(
        Optional<Located<String>> id,
        Optional<Located<String>> host,
        Optional<Located<Integer>> port,
        Optional<Located<Integer>> peerPort,
        Optional<Located<Integer>> adminPort,
        Optional<Located<String>> zone,
        @Default("leader") Balance balance) {
    static final RecordForm<CoordinatorEntry> FORM = Forms.of(CoordinatorEntry.class);

    static CoordinatorEntry of(Member member, Balance balance) {
        var entry = MemberEntry.of(member).value();
        return new CoordinatorEntry(
                entry.id(), entry.host(), entry.port(), entry.peerPort(), entry.adminPort(), entry.zone(), balance);
    }

    MemberEntry member() {
        return new MemberEntry(id, host, port, peerPort, adminPort, zone);
    }
}
