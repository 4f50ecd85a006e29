package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Five nodes of Multi-Paxos as processes, with majorities and with quorums of four and two: every command serves them. */
@ParameterizedClass
@ValueSource(strings = {"paxos-5", "paxos-flexible"})
class PaxosIT {
    private static final int ROUNDS = Integer.getInteger("dcluster.rounds", 1);
    private static final int CLIENTS = 4;

    @RegisterExtension
    final Clusters clusters = new Clusters();

    private final String config;

    PaxosIT(String config) {
        this.config = config;
    }

    private TestCluster started() {
        return clusters.start(config, "-c", file(), "--set", "storage.segment=64KiB");
    }

    private String file() {
        return Repository.root()
                .resolve("cluster-configs")
                .resolve(config + ".yaml")
                .toString();
    }

    @Test
    void everyCommandServesIt() {
        var cluster = started();
        assertThat(cluster.run("ps", "-o", "ndjson").exits(0).lines())
                .hasSize(5)
                .allSatisfy(row -> assertThat(row).containsEntry("state", "running"));
        requireData(cluster, "before");
        requireHealth(cluster);
        assertThat(cluster.run("logs", "n1", "--tail", "1").exits(0).out().lines())
                .hasSize(1);
        Until.passes(
                "leadership moves",
                () -> assertThat(cluster.run("transfer").exits(0).out())
                        .contains("leadership of '" + config + "' has moved from "));

        var leader = cluster.run("kill", "leader").exits(0).err().replaceAll("(?s).*killed (n[0-9]).*", "$1");
        assertThat(cluster.run("status").exits(4).err()).contains(leader + " is not ready: its process is killed");
        cluster.kv("incr", "meanwhile").exits(0);
        cluster.restart(cluster.member(leader));
        requireData(cluster, "after");

        cluster.run("stop").exits(0);
        assertThat(cluster.run("status").exits(4).err()).contains("n5 is not ready: its process is stopped");
        cluster.restart(cluster.nodes().toArray(TestNode[]::new));
        assertThat(cluster.kv("get", "meanwhile", "--at", leader).exits(0).out())
                .isEqualTo("1\n");
        requireHealth(cluster);
    }

    /** Asks for all that a store serves; the list is to be a new one. */
    private static void requireData(TestCluster cluster, String list) {
        cluster.kv("put", "greeting", "hello").exits(0);
        assertThat(cluster.kv("get", "greeting", "--at", "follower").exits(0).out())
                .isEqualTo("hello\n");
        cluster.kv("cas", "greeting", "hello", "bye").exits(0);
        cluster.kv("cas", "greeting", "hello", "bye").exits(1);
        cluster.kv("del", "greeting").exits(0);
        cluster.kv("get", "greeting").exits(1);
        cluster.kv("append", list, "one").exits(0);
        cluster.txn("exec", "append " + list + " two; get visits", "put visits 1")
                .exits(0);
        assertThat(cluster.kv("list", list).exits(0).out()).isEqualTo("one\ntwo\n");
    }

    private static void requireHealth(TestCluster cluster) {
        cluster.awaitHealth();
        cluster.awaitAgreement();
        assertThat(cluster.run("status").exits(0).out())
                .contains("paxos, healthy, 5 of 5 ready", "PROMISED", "CHOSEN", "leader", "follower");
    }

    /** Any of them is killed in KillUnderLoadIT. */
    @Test
    void withAllKilledUnderLoadNothingAcknowledgedIsLost() {
        var cluster = started();
        Killing.of(cluster, Load.start(cluster, CLIENTS)).allAtOnce(ROUNDS);
        cluster.awaitAgreement();
    }

    @Test
    void quorumsThatCouldMissEachOtherAreRefusedWithTwoThatDo() {
        var refused = clusters.cli()
                .run(
                        "start",
                        "--set",
                        "port=0",
                        "-c",
                        file(),
                        "--set",
                        "options.paxos.quorums={phase-1: 3, phase-2: 2}")
                .exits(65);
        assertThat(refused.err())
                .contains("could miss each other among 5 nodes")
                .containsPattern("n1, n2, n3.*n4, n5");
    }
}
