package dcluster.config;

import dcluster.spi.Member;
import java.util.List;
import java.util.Optional;

/** One node as a cluster file lists it; what is not given is counted up or taken from the cluster. */
record MemberEntry(
        Optional<Located<String>> id,
        Optional<Located<String>> host,
        Optional<Located<Integer>> port,
        Optional<Located<Integer>> peerPort,
        Optional<Located<Integer>> adminPort,
        Optional<Located<String>> zone) {
    static final MemberEntry EMPTY = new MemberEntry(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The form of a list of nodes. */
    static final Form<List<Located<MemberEntry>>> LIST =
            new ListForm<>(new Located.InForm<>(Forms.of(MemberEntry.class)));

    /** The entry that says everything about a member. */
    static Located<MemberEntry> of(Member member) {
        return nowhere(new MemberEntry(
                Optional.of(nowhere(member.id().name())),
                Optional.of(nowhere(member.host())),
                Optional.of(nowhere(member.clientPort())),
                Optional.of(nowhere(member.peerPort())),
                Optional.of(nowhere(member.adminPort())),
                Optional.of(member.zone()).filter(zone -> !zone.isEmpty()).map(MemberEntry::nowhere)));
    }

    private static <T> Located<T> nowhere(T value) {
        return new Located<>(Place.NOWHERE, value);
    }
}
