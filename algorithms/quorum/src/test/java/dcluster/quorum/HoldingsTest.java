package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumRecord.Dropped;
import dcluster.quorum.QuorumRecord.HandedOff;
import dcluster.quorum.QuorumRecord.Owed;
import dcluster.quorum.QuorumRecord.Settled;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import dcluster.toolkit.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoldingsTest {
    private static Quorum replica(RecordingContext<QuorumMessage, QuorumRecord, QuorumTimer> context) {
        return new Quorum(new Options().config(), context);
    }

    private static RecordingContext<QuorumMessage, QuorumRecord, QuorumTimer> context() {
        return new RecordingContext<>(N1, Members.of(4), 1);
    }

    private static QuorumRecord record(RandomGenerator random) {
        var key = Bytes.utf8("key:" + random.nextInt(8));
        var to = List.of(N2, N3).get(random.nextInt(2));
        return switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> stored(key, random);
            case 4, 5 -> new Owed(key, to);
            case 6 -> new HandedOff(key, to);
            case 7 -> new Dropped(key);
            default -> new Settled(ring(random, 1), ring(random, 0));
        };
    }

    private static List<NodeId> ring(RandomGenerator random, int least) {
        return List.of(N1, N2, N3).subList(0, random.nextInt(least, 4));
    }

    private static Stored stored(Bytes key, RandomGenerator random) {
        var actor = new Actor(N1, 1, random.nextInt(3));
        var versions = Versions.Concurrent.NONE.with(actor, Bytes.utf8("v" + random.nextInt(5)), Clock.NONE);
        return random.nextBoolean()
                ? new Stored(key, versions, Optional.of(actor))
                : new Stored(key, versions.without(versions.clock()), Optional.empty());
    }

    @Test
    void theRecordsOfAStateMakeItAgainAtWhateverRecordItIsTaken() {
        var kinds = new TreeSet<String>();
        Seeds.check(100, random -> {
            var one = replica(context());
            for (int step = 0; step < 40; step++) {
                one.replay(record(random));
                if (random.nextInt(8) == 0) {
                    isMadeAgain(one, kinds);
                }
            }
            isMadeAgain(one, kinds);
        });
        assertThat(kinds).containsExactly("Owed", "Settled", "Stored");
    }

    private static void isMadeAgain(Quorum one, Set<String> kinds) {
        var again = replica(context());
        one.replica().holdings().records().forEachRemaining(record -> {
            kinds.add(record.getClass().getSimpleName());
            again.replay(record);
        });
        assertThat(again.durableState()).isEqualTo(one.durableState());
        var was = one.replica().holdings();
        var is = again.replica().holdings();
        was.freeze()
                .forEach(mapping ->
                        assertThat(is.of(mapping.key())).as("with who made it").isEqualTo(mapping.value()));
        assertThat(is.owedCount()).isEqualTo(was.owedCount());
        assertThat(is.creditors()).isEqualTo(was.creditors());
        assertThat(is.bytes()).isEqualTo(was.bytes());
    }

    @Test
    void theHashOfWhatIsOwedTellsKeysAndNodesApart() {
        var hashes = new TreeSet<Long>();
        for (var owed : List.of(
                List.of(),
                List.of(new Owed(KEY, N2)),
                List.of(new Owed(KEY, N3)),
                List.of(new Owed(Bytes.utf8("other"), N2)),
                List.of(new Owed(KEY, N2), new Owed(KEY, N3)))) {
            var replica = replica(context());
            owed.forEach(each -> replica.replay((QuorumRecord) each));
            hashes.add(replica.replica().holdings().owedHash());
        }
        assertThat(hashes).hasSize(5);
    }

    /** Otherwise a journal just rewritten would be too large again. */
    @Test
    void whatIsOwedIsAsLargeAsItsKeys() {
        var holdings = replica(context()).replica().holdings();
        long before = holdings.bytes();
        var large = Bytes.utf8("k".repeat(10_000));
        for (var to : List.of(N2, N3, N3)) {
            holdings.replay(new Owed(large, to));
        }
        assertThat(holdings.bytes() - before).isBetween(20_000L, 20_100L);
        for (var to : List.of(N2, N3, N3)) {
            holdings.replay(new HandedOff(large, to));
        }
        assertThat(holdings.bytes()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void theJournalIsRewrittenAsTheStateIsNow(Versioning versions) {
        var rig = new Rig(3, Options.of(versions));
        rig.at(N1).weighRecords(record -> 40L << 20);
        rig.cut(N3);
        for (int i = 0; i < 10; i++) {
            rig.run(N1, put("v" + i));
            rig.advance(Duration.ofMillis(250));
        }
        rig.at(N1).durable();
        assertThat(rig.at(N1).records()).hasSizeLessThan(6);
        var before = rig.mesh.replica(N1).durableState();
        rig.mesh.crash(N1);
        assertThat(rig.mesh.replica(N1).durableState()).isEqualTo(before);
        assertThat(rig.run(N1, get())).isEqualTo(found("v9"));
        assertThat(rig.detail(N1, "keys owed")).isEqualTo(1L);
        rig.heal();
        rig.advance(Duration.ofSeconds(3));
        assertThat(rig.difference()).isEmpty();
    }

    /** Each crash keeps so many of the records that were not durable, and no version is ever made twice. */
    @ParameterizedTest
    @EnumSource
    void aCrashAfterWhateverRecordLeavesNothingThatDoesNotHeal(Versioning versions) {
        for (int survivors = 0; survivors < 12; survivors++) {
            int kept = survivors;
            var rig = new Rig(3, Options.of(versions));
            var unique = new QuorumInvariants.UniqueVersions();
            rig.run(N1, put("first"));
            rig.advance(Duration.ofMillis(300));
            rig.cut(N3);
            for (int i = 0; i < 4; i++) {
                rig.mesh.replica(N1).onRequest(new dcluster.spi.Request(100 + i, put("at once " + i)));
                rig.at(N1).request(put("then " + i));
                rig.at(N1).advance(Duration.ofMillis(120));
            }
            rig.at(N1).crashAndRestart(context -> new Quorum(rig.config, context), kept);
            rig.mesh.crash(N1);
            rig.heal();
            rig.run(N1, put("last " + kept));
            rig.advance(Duration.ofSeconds(6));
            assertThat(rig.difference()).isEmpty();
            assertThat(unique.violation(rig.algorithms())).isEmpty();
        }
    }
}
