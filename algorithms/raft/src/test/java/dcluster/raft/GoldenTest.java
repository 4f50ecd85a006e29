package dcluster.raft;

import dcluster.toolkit.testing.GoldenFile;
import dcluster.toolkit.testing.Script;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenarios whose whole output is compared with a file. */
class GoldenTest {
    @Test
    void aFirstElectionWithPreVote() throws IOException {
        check("election");
    }

    @Test
    @Tag("hard-case-1")
    void aVoteThatIsNotDurableIsNotGiven() throws IOException {
        check("vote-survives-crash");
    }

    @Test
    @Tag("hard-case-3")
    void aCandidateDoesNotForgetItsVoteForItself() throws IOException {
        check("own-vote-survives-crash");
    }

    @Test
    @Tag("hard-case-6")
    void aRejoiningNodeUnseatsNobody() throws IOException {
        check("rejoin-with-pre-vote");
    }

    @Test
    @Tag("hard-case-6")
    void withoutPreVoteARejoiningNodeUnseatsTheLeader() throws IOException {
        check("rejoin-without-pre-vote");
    }

    @Test
    @Tag("hard-case-7")
    void anEntryOfAnEarlierTermIsNotCommittedByCounting() throws IOException {
        check("figure-8");
    }

    @Test
    @Tag("hard-case-7")
    void anEntryOfTheLeadersTermCommitsWhatCameBefore() throws IOException {
        check("figure-8-e");
    }

    @Test
    @Tag("hard-case-8")
    @Tag("hard-case-10")
    void aReadWaitsForARoundThatBeganAfterIt() throws IOException {
        check("read-index");
    }

    @Test
    @Tag("hard-case-11")
    void aNewLeaderReadsOnlyAfterItCommittedAnEntryOfItsOwn() throws IOException {
        check("read-at-new-leader");
    }

    @Test
    @Tag("hard-case-13")
    void disorderedAndRepeatedAppendsRemoveNothing() throws IOException {
        check("disorder");
    }

    @Test
    void aLeaderThatCrashesBeforeItsOwnWriteLosesNothingCommitted() throws IOException {
        check("eager-append-crash");
    }

    @Test
    @Tag("hard-case-18")
    void aDeposedLeaderDoesNotKnowWhatBecameOfItsEntries() throws IOException {
        check("deposed-leader");
    }

    @Test
    @Tag("hard-case-22")
    void aLaggardIsSentASnapshotAndRestartsInTheMidst() throws IOException {
        check("snapshot");
    }

    @Test
    void theVoteOfAWipedNodeIsVoidBesideThatOfWhoHelpedItToRecover() throws IOException {
        check("wiped-voter");
    }

    @Test
    void theAnswerOfOneThatWasItselfWipedSinceHelpsNobodyToRecover() throws IOException {
        check("two-wiped-voters");
    }

    @Test
    void whatAWipedNodeIsFedByALeaderThatItHelpedToDeposeDoesNotCount() throws IOException {
        check("fed-is-not-counted");
    }

    private static void check(String name) throws IOException {
        GoldenFile.check(name, text -> Script.run(text, new RaftDialect()));
    }
}
