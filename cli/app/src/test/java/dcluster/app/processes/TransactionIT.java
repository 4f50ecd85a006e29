package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.exceptions.JedisDataException;

/** MULTI, EXEC and WATCH of a Redis library, against real nodes. */
class TransactionIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(
            CLUSTERS,
            "transaction",
            "--set",
            "coordinator={balance: leader}",
            "--set",
            "options.raft.election-timeout=2s..4s",
            "--set",
            "options.raft.heartbeat-interval=200ms");

    private static final Reply OK = new Reply.Simple("OK");

    private final TestCluster cluster = SHARED.started();

    @Test
    void ofTwoTransfersThatReadTheSameBalancesOneIsAborted() {
        try (var one = cluster.leader().jedis();
                var other = cluster.follower().jedis()) {
            one.mset("alice", "100", "bob", "0");
            var first = one.transaction(false);
            var second = other.transaction(false);
            first.watch("alice", "bob");
            second.watch("alice", "bob");
            assertThat(other.get("alice")).isEqualTo("100");

            first.multi();
            first.decrBy("alice", 80);
            first.incrBy("bob", 80);
            second.multi();
            second.decrBy("alice", 70);
            second.incrBy("bob", 70);
            assertThat(first.exec()).isEqualTo(List.<Object>of(20L, 80L));
            assertThat(second.exec()).isNull();
            assertThat(other.mget("alice", "bob")).containsExactly("20", "80");
        }
    }

    /** Clients see no version; but a coordinator outlives the nodes, and keeps for its clients what these watch. */
    @Test
    void versionsSurviveTheDeathOfAllNodes() throws IOException {
        var coordinator = cluster.coordinator().orElseThrow();
        try (var unharmed = coordinator.connect();
                var overtaken = coordinator.connect();
                var writer = coordinator.connect()) {
            for (var key : List.of("text", "gone", "changed")) {
                assertThat(writer.call("SET", key, "1")).isEqualTo(OK);
            }
            assertThat(writer.call("RPUSH", "list", "a")).isEqualTo(new Reply.Whole(1));
            assertThat(writer.call("DEL", "gone")).isEqualTo(new Reply.Whole(1));
            assertThat(unharmed.call("WATCH", "text", "list", "gone")).isEqualTo(OK);
            assertThat(overtaken.call("WATCH", "text", "changed")).isEqualTo(OK);

            var all = cluster.nodes().toArray(TestNode[]::new);
            cluster.kill(all);
            cluster.restart(all);
            cluster.awaitAgreement();
            assertThat(new Ask(coordinator).call("SET", "changed", "1")).isEqualTo(OK);
            assertThat(exec(overtaken)).isEqualTo(new Reply.Nil());
            assertThat(exec(unharmed)).isEqualTo(new Reply.Many(List.of(new Reply.Whole(1))));
        }
    }

    private static Reply exec(RespConnection client) throws IOException {
        assertThat(client.call("MULTI")).isEqualTo(OK);
        assertThat(client.call("INCR", "executed")).isEqualTo(new Reply.Simple("QUEUED"));
        return client.call("EXEC");
    }

    @Test
    void anAlgorithmWithoutTransactionsRefusesThemWithItsReason() {
        try (var abd = CLUSTERS.start("registers", "-a", "abd");
                var redis = abd.nodes().get(0).jedis()) {
            var transaction = redis.transaction(false);
            assertThatThrownBy(() -> transaction.watch("a"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("ERR ")
                    .hasMessageContaining("does not serve Watch: ");
            assertThat(abd.txn("exec", "put a 1").exits(1).err())
                    .contains("aborted, and nothing was changed: ", "does not serve Transaction: ");
            assertThat(abd.txn("in-doubt").exits(1).err())
                    .contains("nothing can be in doubt here: no operation 'in-doubt'; there are none");
        }
    }
}
