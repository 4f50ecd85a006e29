package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumRecord.Stored;
import dcluster.quorum.Versions.Concurrent;
import dcluster.quorum.Versions.Latest;
import dcluster.spi.Bytes;
import dcluster.toolkit.testing.Members;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what holdings say of their size against what the heap says; actors share the names of their nodes, as decoded. */
class FootprintTest {
    @ParameterizedTest(name = "{0} keys with {1} versions each of {2} bytes")
    @CsvSource({"50000, 0, 0", "50000, 1, 100", "20000, 3, 100"})
    void versionsByVectorClocksTakeWhatIsSaidOrALittleLess(int count, int siblings, int valueBytes) {
        isSaidRightly(Versioning.VECTOR_CLOCK, count, (number, holdings) -> {
            var actor = new Actor(Rig.N1, 1, number);
            var versions = Concurrent.NONE;
            for (int i = 0; i < siblings; i++) {
                versions = versions.with(
                        new Actor(List.of(Rig.N1, Rig.N2, Rig.N3).get(i), 1, number),
                        value(number * 8 + i, valueBytes),
                        Clock.NONE);
            }
            if (siblings == 0) {
                versions = versions.with(actor, Bytes.EMPTY, Clock.NONE);
                versions = versions.without(versions.clock());
            }
            holdings.replay(new Stored(key(number), versions, Optional.of(actor)));
        });
    }

    @ParameterizedTest(name = "{0} keys of {1} bytes each, -1 if deleted")
    @CsvSource({"100000, -1", "100000, 100"})
    void versionsByTheClockTakeWhatIsSaidOrALittleLess(int count, int valueBytes) {
        isSaidRightly(Versioning.LAST_WRITE_WINS, count, (number, holdings) -> {
            var value = valueBytes < 0 ? Optional.<Bytes>empty() : Optional.of(value(number, valueBytes));
            var versions = new Latest(new Stamp(number, Rig.N1, 1), value);
            holdings.replay(new Stored(key(number), versions, Optional.empty()));
        });
    }

    private interface Hold {
        void one(int number, Holdings holdings);
    }

    private static void isSaidRightly(Versioning versioning, int count, Hold hold) {
        // What came before is dead: it must not go while this is measured.
        used();
        var placement = new Placement(Options.of(versioning).config(), Members.of(3));
        var only = new ArrayList<>(List.of(new Holdings(versioning, new MerkleTrees(placement, Rig.N1))));
        for (int i = 0; i < count; i++) {
            hold.one(i, only.get(0));
        }
        // There are no graves here.
        boolean areDeleted = only.get(0).of(key(0)).versions().isTombstone();
        long said = only.get(0).freeze().memoryBytes() - (areDeleted ? (long) Held.GRAVE_BYTES * count : 0);
        long full = used();
        only.clear();
        long taken = full - used();
        assertThat(said).as("said, of %d bytes really taken", taken).isBetween(taken * 97 / 100, taken * 14 / 10);
    }

    private static Bytes key(int number) {
        return Bytes.utf8("key:" + number);
    }

    /** Values that differ, as far as they have bytes to differ by. */
    private static Bytes value(int number, int bytes) {
        var content = new byte[bytes + 4];
        for (int i = 0; i < 4; i++) {
            content[i] = (byte) (number >> (8 * i));
        }
        return Bytes.copyOf(content, 0, bytes);
    }

    /** The serial collector leaves dead objects where they are, if they are few, in three of four full collections. */
    private static long used() {
        var heap = ManagementFactory.getMemoryMXBean();
        for (int collection = 0; collection < 4; collection++) {
            heap.gc();
        }
        return heap.getHeapMemoryUsage().getUsed();
    }
}
