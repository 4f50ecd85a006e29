package dcluster.paxos;

import dcluster.toolkit.testing.GoldenFile;
import dcluster.toolkit.testing.Script;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenarios whose whole output is compared with a file. */
class GoldenTest {
    @Test
    void phase1AndTwoCommands() throws IOException {
        check("command");
    }

    @Test
    @Tag("hard-case-40")
    void aPromiseAndAnAcceptedValueSurviveACrash() throws IOException {
        check("acceptor-crash");
    }

    @Test
    @Tag("hard-case-40")
    void aPromiseThatIsNotDurableIsNotGiven() throws IOException {
        check("promise-crash");
    }

    @Test
    @Tag("hard-case-41")
    void aProposerThatWasRestartedUsesAnotherBallot() throws IOException {
        check("proposer-crash");
    }

    @Test
    @Tag("hard-case-42")
    void aQuorumThatIncludesTheOneAcceptorAdoptsItsValue() throws IOException {
        check("adoption-included");
    }

    @Test
    @Tag("hard-case-42")
    void theOneAcceptorItselfAdoptsItsValue() throws IOException {
        check("adoption-by-itself");
    }

    @Test
    @Tag("hard-case-42")
    void aQuorumThatExcludesTheOneAcceptorIsFreeAndPrevails() throws IOException {
        check("adoption-excluded");
    }

    @Test
    @Tag("hard-case-43")
    void anInstanceThatIsChosenBehindAHoleWaitsUntilTheHoleIsFilled() throws IOException {
        check("hole");
    }

    @Test
    @Tag("hard-case-43")
    void whereNothingCanBeChosenANoOpIs() throws IOException {
        check("hole-no-op");
    }

    @Test
    void twoProposersThatDuelEndWithOneLeader() throws IOException {
        check("duel");
    }

    @Test
    void aLearnerThatLagsCatchesUp() throws IOException {
        check("catch-up");
    }

    @Test
    void aLearnerThatLagsFarIsSentASnapshot() throws IOException {
        check("snapshot");
    }

    @Test
    void aReadWaitsForARoundThatBeganAfterIt() throws IOException {
        check("read-index");
    }

    @Test
    void aLeaderChangeWithFlexibleQuorumsTakesFour() throws IOException {
        check("flexible");
    }

    private static void check(String name) throws IOException {
        GoldenFile.check(name, text -> Script.run(text, new PaxosDialect()));
    }
}
