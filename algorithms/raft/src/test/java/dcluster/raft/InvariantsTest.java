package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.PAPER;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftRecord.Append;
import dcluster.spi.Algorithm;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import dcluster.toolkit.StateMachineSafety;
import dcluster.toolkit.StoreChunk;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each invariant is made to fail by replicas that could not come about, and holds where they could. */
class InvariantsTest {
    private static final Entry A = put(1, "a", "1");
    private static final Entry B = put(1, "b", "2");

    private static RecordingContext<RaftMessage, RaftRecord, RaftTimer> context(String name) {
        return new RecordingContext<>(new NodeId(name), Members.of(5), 1);
    }

    private static Raft follower(String name, Entry... entries) {
        var context = context(name);
        var raft = context.attach(new Raft(PAPER, context));
        raft.replay(new Append(1, List.of(entries)));
        return raft;
    }

    /** A follower that was told by a leader that all its entries are committed, and has applied them. */
    private static Raft applied(String name, long term, Entry... entries) {
        var raft = follower(name, entries);
        raft.onMessage(N1, append(term, entries.length, entries[entries.length - 1].term(), entries.length));
        raft.endTurn();
        return raft;
    }

    private static Raft leader(String name, long term, Entry... entries) {
        var context = context(name);
        var raft = context.attach(new Raft(PAPER, context));
        raft.replay(new Append(1, List.of(entries)));
        raft.replay(new RaftRecord.Term(term - 1, Optional.empty()));
        context.advance(PAPER.electionTimeout().most());
        for (var voter : List.of("n1", "n2", "n3", "n4", "n5")) {
            raft.onMessage(new NodeId(voter), Alone.voted(term, true));
        }
        raft.endTurn();
        assertThat(raft.role()).isEqualTo(Role.LEADER);
        assertThat(raft.durable().term()).isEqualTo(term);
        return raft;
    }

    private static void assertHolds(Invariant invariant, Raft... replicas) {
        assertThat(invariant.violation(List.<Algorithm<?, ?, ?>>of(replicas))).isEmpty();
    }

    private static void assertViolated(Invariant invariant, Raft... replicas) {
        assertThat(invariant.violation(List.<Algorithm<?, ?, ?>>of(replicas))).isPresent();
    }

    @Test
    void theyAreNamedAsInFigure3() {
        assertThat(RaftInvariants.all().stream().map(maker -> maker.get().name()))
                .containsExactly(
                        "Election Safety",
                        "Leader Append-Only",
                        "Log Matching",
                        "Leader Completeness",
                        "State Machine Safety");
    }

    @Test
    void electionSafety() {
        var invariant = new RaftInvariants.ElectionSafety();
        assertHolds(invariant, leader("n2", 2, A), leader("n3", 3, A));
        assertViolated(new RaftInvariants.ElectionSafety(), leader("n2", 2, A), leader("n3", 2, A));
        assertViolated(invariant, leader("n4", 3, A));
    }

    @Test
    void leaderAppendOnly() {
        var invariant = new RaftInvariants.LeaderAppendOnly();
        var leader = leader("n2", 2, A, B);
        assertHolds(invariant, leader);
        leader.replay(new Append(4, List.of(noOps(2))));
        assertHolds(invariant, leader);
        leader.replay(new Append(4, List.of()));
        assertViolated(invariant, leader);
    }

    @Test
    void leaderAppendOnlyLetsFollowersTruncate() {
        var invariant = new RaftInvariants.LeaderAppendOnly();
        var follower = follower("n2", A, B);
        assertHolds(invariant, follower);
        follower.replay(new Append(1, List.of()));
        assertHolds(invariant, follower);
    }

    @Test
    void logMatchingOfOneEntry() {
        assertHolds(new RaftInvariants.LogMatching(), follower("n2", A), follower("n3", A, B));
        assertHolds(new RaftInvariants.LogMatching(), follower("n2", A), follower("n3", put(2, "a", "2")));
        assertViolated(new RaftInvariants.LogMatching(), follower("n2", A), follower("n3", B));
    }

    @Test
    void logMatchingOfWhatComesBefore() {
        assertViolated(
                new RaftInvariants.LogMatching(),
                follower("n2", put(1, "a", "1"), put(3, "x", "1")),
                follower("n3", put(2, "a", "1"), put(3, "x", "1")));
    }

    @Test
    void logMatchingOfAnEntryThatIsGone() {
        var invariant = new RaftInvariants.LogMatching();
        var follower = follower("n2", A);
        assertHolds(invariant, follower);
        follower.replay(new Append(1, List.of(B)));
        assertViolated(invariant, follower);
    }

    @Test
    void leaderCompletenessOfALaterLeader() {
        var invariant = new RaftInvariants.LeaderCompleteness();
        assertHolds(invariant, applied("n3", 2, A, B));
        assertHolds(invariant, leader("n2", 3, A, B));
        assertViolated(invariant, leader("n4", 4, A));
    }

    @Test
    void leaderCompletenessOfALaterLeaderThatIsThereAlready() {
        var invariant = new RaftInvariants.LeaderCompleteness();
        var later = leader("n2", 4, A);
        assertHolds(invariant, later);
        assertViolated(invariant, later, applied("n3", 2, A, B));
    }

    @Test
    void leaderCompletenessDemandsNothingOfEarlierLeaders() {
        var invariant = new RaftInvariants.LeaderCompleteness();
        assertHolds(invariant, applied("n3", 5, A, B));
        assertHolds(invariant, leader("n2", 4, A));
    }

    @Test
    void stateMachineSafetyOfEntries() {
        assertHolds(new StateMachineSafety(), applied("n2", 2, A, B), applied("n3", 2, A));
        assertViolated(new StateMachineSafety(), applied("n2", 2, A, B), applied("n3", 2, B));
    }

    /** Entries that differ although the states are equal. */
    @Test
    void stateMachineSafetyOfEntriesWithoutEffect() {
        assertViolated(new StateMachineSafety(), applied("n2", 3, noOps(1)), applied("n3", 3, noOps(2)));
    }

    /** The entries themselves are discarded, and the states differ. */
    @Test
    void stateMachineSafetyOfSnapshots() {
        var invariant = new StateMachineSafety();
        assertHolds(invariant, applied("n2", 2, A, B));
        var context = context("n3");
        var raft = context.attach(new Raft(PAPER, context));
        raft.replay(new RaftRecord.Chunk(SnapshotId.own(2, 1), 0, new StoreChunk(0, List.of())));
        raft.replay(new RaftRecord.Installed(SnapshotId.own(2, 1)));
        assertViolated(invariant, raft);
    }

    @Test
    void stateMachineSafetyAfterARestart() {
        var invariant = new StateMachineSafety();
        assertHolds(invariant, applied("n2", 2, A, B));
        assertHolds(invariant, follower("n2", A, B));
        assertHolds(invariant, applied("n2", 2, A));
        assertViolated(invariant, applied("n2", 2, B));
    }
}
