package dcluster.abd;

import dcluster.toolkit.testing.GoldenFile;
import dcluster.toolkit.testing.Script;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A scenario whose whole output is compared with a file. */
class GoldenTest {
    @Test
    @Tag("hard-case-51")
    void aReadWritesBackTheNewValueSoThatNoLaterOneFindsTheOld() throws IOException {
        GoldenFile.check("new-then-new", text -> Script.run(text, new AbdDialect()));
    }
}
