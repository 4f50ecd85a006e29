package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.params.SetParams;

/** Transactions over shards, as processes: Redis clients at every member, and kill -9 of any of them and of all, under load. */
class TwoPhaseCommitIT {
    private static final int ROUNDS = Integer.getInteger("dcluster.rounds", 2);
    private static final int CLIENTS = 4;

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(
            CLUSTERS,
            "bank",
            "-a",
            "two-phase-commit",
            "--set",
            "options.two-phase-commit.compact-above=16KiB",
            "--set",
            "storage.segment=64KiB");

    private final TestCluster cluster = SHARED.started();

    @Test
    void anyMemberServesARedisClientsTransactions() {
        for (var member : cluster.members()) {
            try (var redis = member.jedis()) {
                var prefix = member.id() + ":";
                redis.mset(prefix + "a", "1", prefix + "b", "2", prefix + "c", "3", prefix + "d", "4");
                assertThat(redis.mget(prefix + "d", prefix + "x", prefix + "a")).containsExactly("4", null, "1");
                assertThat(redis.set(prefix + "a", "9", SetParams.setParams().nx()))
                        .isNull();
                assertThat(redis.exists(prefix + "a", prefix + "b", prefix + "x"))
                        .isEqualTo(2);
                try (var transaction = redis.transaction(false)) {
                    transaction.watch(prefix + "a", prefix + "b", prefix + "c");
                    transaction.multi();
                    transaction.incrBy(prefix + "a", 10);
                    transaction.rpush(prefix + "list", "e", "f");
                    transaction.get(prefix + "a");
                    transaction.del(prefix + "d");
                    assertThat(transaction.exec()).isEqualTo(List.<Object>of(11L, 2L, "11", 1L));
                    transaction.watch(prefix + "b", prefix + "c");
                    redis.set(prefix + "c", "changed");
                    transaction.multi();
                    transaction.incrBy(prefix + "a", 10);
                    transaction.incrBy(prefix + "b", 10);
                    assertThat(transaction.exec()).isNull();
                    transaction.multi();
                    transaction.incrBy(prefix + "a", 10);
                    assertThat(transaction.discard()).isEqualTo("OK");
                }
                assertThat(redis.mget(prefix + "a", prefix + "b")).containsExactly("11", "2");
                assertThat(redis.del(prefix + "a", prefix + "b", prefix + "c", prefix + "list"))
                        .isEqualTo(4);
            }
        }
    }

    @Test
    void aCommandThatFailsInOneShardIsSaidToHaveDoneNothingInAny() throws IOException {
        try (var client = cluster.nodes().get(0).connect()) {
            client.call("RPUSH", "alist", "e");
            for (int i = 0; i < 6; i++) {
                client.call("MULTI");
                client.call("INCR", "untouched" + i);
                client.call("INCR", "alist");
                assertThat(client.call("EXEC").toString()).contains("WRONGTYPE");
                assertThat(client.call("GET", "untouched" + i)).isEqualTo(new Reply.Nil());
            }
        }
    }

    @Test
    void withAnyMemberKilledNoTransferIsHalfThereAndNoneThatWasCommittedIsLost() {
        var random = new Random(Seed.VALUE);
        try (var transfers = Transfers.start(cluster, CLIENTS)) {
            for (var victim : cluster.members()) {
                transfers.awaitProgress(30 + random.nextInt(100));
                cluster.kill(victim);
                cluster.restart(victim);
            }
            transfers.awaitProgress(50);
            verify(transfers);
        }
    }

    @Test
    @Tag("hard-case-15")
    void withAllMembersKilledAtOnceNoTransferIsHalfThereAndNoneThatWasCommittedIsLost() {
        var random = new Random(Seed.VALUE);
        try (var transfers = Transfers.start(cluster, CLIENTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                transfers.awaitProgress(50 + random.nextInt(100));
                var all = cluster.members().toArray(TestNode[]::new);
                cluster.kill(all);
                cluster.restart(all);
            }
            transfers.awaitProgress(50);
            verify(transfers);
        }
    }

    private void verify(Transfers transfers) {
        cluster.awaitHealth();
        transfers.close();
        System.err.println(transfers);
        Until.holds(
                "nothing is in doubt",
                () -> cluster.txn("in-doubt").exits(0).err().contains("nothing is in doubt"));
        transfers.verify();
    }

    @Test
    void commandsOfOneKeyGoOnWhileAnyNodeIsKilledAndNothingAcknowledgedIsLost() {
        Killing.of(cluster, Load.start(cluster, CLIENTS)).eachInTurn();
    }
}
