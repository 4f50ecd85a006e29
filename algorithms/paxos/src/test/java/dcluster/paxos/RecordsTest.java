package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Alone.N3;
import static dcluster.paxos.Alone.SELF;
import static dcluster.paxos.Alone.accept;
import static dcluster.paxos.Alone.heartbeat;
import static dcluster.paxos.Alone.prepare;
import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.C;
import static dcluster.paxos.Single.NO_OP;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Heartbeat;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.Learn;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Recover;
import dcluster.paxos.PaxosMessage.RecoverReply;
import dcluster.paxos.PaxosMessage.Suspect;
import dcluster.paxos.PaxosMessage.Suspected;
import dcluster.paxos.PaxosRecord.Accepted;
import dcluster.paxos.PaxosRecord.Chunk;
import dcluster.paxos.PaxosRecord.Learned;
import dcluster.paxos.PaxosRecord.Promised;
import dcluster.spi.Eager;
import dcluster.toolkit.Inquiry.Nonce;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StoreChunk;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What messages and records refuse to be, so that a decoded one is a possible one; and that a rewritten journal makes the
 * same state again.
 */
class RecordsTest {
    private static void refused(ThrowingCallable constructor) {
        assertThatThrownBy(constructor).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void slotsRoundsAndLivesAreFrom1() {
        refused(() -> new Ballot(0, N1, 1));
        refused(() -> new Ballot(1, N1, 0));
        refused(() -> new Prepare(ballot(1, "n1"), 0, false));
        refused(() -> new Learn(0));
        refused(() -> new Placed(0, new Proposal(ballot(1, "n1"), A)));
        refused(() -> new Accepted(ballot(1, "n1"), 0, List.of(A), 0));
        refused(() -> new Accepted(ballot(1, "n1"), 1, List.of(A), 1));
        refused(() -> new Learned(0, List.of(A)));
        refused(() -> new SnapshotId(0, N1, 1, 1));
        refused(() -> new SnapshotId(1, N1, 0, 1));
        refused(() -> new SnapshotId(1, N1, 1, -1));
    }

    @Test
    void countsAreNotNegative() {
        refused(() -> new Suspect(-1));
        refused(() -> new Suspected(-1));
        refused(() -> new Heartbeat(ballot(1, "n1"), -1, 0));
        refused(() -> new Heartbeat(ballot(1, "n1"), 0, -1));
        refused(() -> new HeartbeatReply(ballot(1, "n1"), -1, 0));
        refused(() -> new PaxosMessage.Learned(1, List.of(), -1, true));
        refused(() -> new PaxosMessage.SnapshotReply(new SnapshotId(1, N1, 1, 1), -1));
        refused(() -> new Chunk(new SnapshotId(1, N1, 1, 1), -1, new StoreChunk(0, List.of())));
    }

    @Test
    void whatIsSaidOfInstancesIsOfSome() {
        refused(() -> new Accept(ballot(1, "n1"), 1, List.of(), 0, 0));
        refused(() -> new PaxosMessage.Accepted(ballot(1, "n1"), 2, 1, 1));
        refused(() -> new Promise(ballot(1, "n1"), 3, 2, 0, List.of(), 1, Marks.NONE));
    }

    @Test
    void valuesAreCopied() {
        var values = new ArrayList<Value>(List.of(A));
        var message = accept(ballot(1, "n1"), 1, 0, A);
        var record = new Accepted(ballot(1, "n1"), 1, values, 0);
        values.clear();
        assertThat(record.values()).containsExactly(A);
        assertThatThrownBy(() -> message.values().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void onlyWhatClaimsNothingOfTheDiskIsEager() {
        assertThat(Arrays.stream(PaxosMessage.class.getPermittedSubclasses()).filter(Eager.class::isAssignableFrom))
                .containsExactlyInAnyOrder(
                        Suspect.class,
                        Suspected.class,
                        Prepare.class,
                        Accept.class,
                        Heartbeat.class,
                        HeartbeatReply.class,
                        PaxosMessage.TakeOver.class,
                        Learn.class,
                        PaxosMessage.Learned.class);
    }

    // Rewriting

    @Test
    void aRewrittenJournalMakesTheSameStateAgain() {
        Seeds.check(60, random -> {
            var replica = Alone.of(3, Configs.small(random.nextInt(1, 5)));
            for (int step = 0; step < 30; step++) {
                step(replica, random);
                assertRewrites(replica);
            }
        });
    }

    /** What an acceptor and a learner may meet: later ballots, holes, what was chosen by others, and pieces of snapshots. */
    private static void step(Alone replica, RandomGenerator random) {
        var values = new Value[] {A, B, C, NO_OP};
        long chosen = replica.chosen();
        var promised = replica.vows().promised();
        long round = promised == null ? 1 : promised.round();
        var leader = ballot(round + random.nextInt(2), "n1");
        long slot = Math.max(1, chosen + random.nextInt(6));
        var value = values[random.nextInt(values.length)];
        switch (random.nextInt(6)) {
            case 0 -> replica.receive(N1, heartbeat(leader, chosen + random.nextInt(3)));
            case 1 -> replica.receive(N3, new PaxosMessage.Learned(slot, List.of(value, value), slot + 1, true));
            case 2 -> {
                replica.advanceMillis(400);
                replica.receive(N3, prepare(ballot(round + 1, "n3"), 1));
            }
            case 3 ->
                replica.receive(
                        N3,
                        new PaxosMessage.InstallSnapshot(
                                new SnapshotId(chosen + 5, N3, 1, 1), 0, false, new StoreChunk(0, List.of())));
            // What it has accepted of a ballot it is never told otherwise.
            default -> replica.receive(N1, accept(new Ballot(round + 1, N1, 1), slot, chosen, value, value));
        }
    }

    private static void assertRewrites(Alone replica) {
        var twin = new DurableState(Configs.SESSIONS);
        StateRecords.of(new Replica(
                        replica.context,
                        replica.config,
                        replica.paxos.durable(),
                        replica.context.members().ids()))
                .forEachRemaining(twin::replay);
        assertThat(twin.byName()).isEqualTo(replica.paxos.durableState());
        assertThat(twin.vows().promised()).isEqualTo(replica.vows().promised());
        for (var placed : replica.vows().acceptedFrom(1)) {
            assertThat(twin.vows().accepted(placed.slot())).isEqualTo(placed.proposal());
        }
    }

    @Test
    void marksAndTheRecoveryOutliveARewritingOfTheJournal() {
        var replica = Alone.promised(3, Configs.DEFAULT, 4);
        replica.wipe();
        var led = ballot(4, "n1");
        var question = new Nonce(2, 1);
        replica.receive(N1, new RecoverReply(question, 1, led, true, 0, Marks.NONE.with(SELF, 2)));
        replica.receive(N3, new RecoverReply(question, 1, led, false, 0, Marks.NONE.with(SELF, 2)));
        replica.durable();
        replica.receive(N3, new Recover(new Nonce(7, 1)));
        assertThat(replica.paxos.durable().recovered()).isNotNull();
        assertThat(replica.paxos.durable().marks())
                .isEqualTo(Marks.NONE.with(SELF, 2).with(N3, 7));
        assertRewrites(replica);
    }

    @Test
    void aBallotOfARewrittenJournalCarriesItsNodeAndLife() {
        var replica = Alone.preparing(3, Configs.DEFAULT);
        var twin = new DurableState(Configs.SESSIONS);
        replica.context.records().forEach(twin::replay);
        assertThat(twin.vows().promised()).isEqualTo(new Ballot(1, SELF, 1));
        assertThat(replica.context.records()).containsExactly(new Promised(new Ballot(1, SELF, 1)));
    }
}
