package dcluster.quorum;

import dcluster.toolkit.testing.GoldenFile;
import dcluster.toolkit.testing.Script;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenarios whose whole output is compared with a file. */
class GoldenTest {
    @Test
    void aWriteAndAReadWhereNothingFails() throws IOException {
        check("put-and-get");
    }

    @Test
    @Tag("hard-case-51")
    void aReadMayFindTheNewValueAndALaterOneTheOld() throws IOException {
        check("new-then-old");
    }

    @Test
    @Tag("hard-case-51")
    void afterItsReadRepairNoReadFindsTheOldValue() throws IOException {
        check("read-repair");
    }

    @Test
    void whatWritersDoNotKnowOfEachOtherStandsSideBySide() throws IOException {
        check("siblings");
    }

    @Test
    void aStandInBringsAnOwnerWhatItMissed() throws IOException {
        check("handoff");
    }

    @Test
    @Tag("hard-case-53")
    void whoWasAwayForLongerThanTheGraceBringsADeletedValueBack() throws IOException {
        check("resurrected-delete");
    }

    @Test
    @Tag("hard-case-53")
    void whoIsBackWithinTheGraceLearnsOfADeletion() throws IOException {
        check("delete-within-grace");
    }

    @Test
    void treesLeadToTheOneKeyThatDiffers() throws IOException {
        check("anti-entropy");
    }

    @Test
    void byTheClockOnTheWallALaterWriteIsLost() throws IOException {
        check("last-write-wins");
    }

    @Test
    void whoJoinsIsBroughtItsKeys() throws IOException {
        check("rebalance");
    }

    private static void check(String name) throws IOException {
        GoldenFile.check(name, text -> Script.run(text, new QuorumDialect()));
    }
}
