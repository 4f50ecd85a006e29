package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dcluster.spi.Limits;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Response;

/** The clients that people use, against real nodes. */
class ClientIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    // Without a machine of its own a node must not lose its place to every pause: these tests are not about elections.
    private static final SharedCluster SHARED = new SharedCluster(
            CLUSTERS,
            "client",
            "--set",
            "options.raft.election-timeout=2s..4s",
            "--set",
            "options.raft.heartbeat-interval=200ms");

    private final TestCluster cluster = SHARED.started();

    @Test
    @Tag("hard-case-20")
    void valuesOfAllKindsComeBackAfterAllNodesWereKilled() {
        var values = values();
        try (var leader = cluster.leader().jedis();
                var follower = cluster.follower().jedis()) {
            values.forEach((key, value) -> assertThat(
                            (key.length() % 2 == 0 ? leader : follower).set(bytes(key), value))
                    .isEqualTo("OK"));
            assertThat(leader.rpush(bytes("list"), values.values().toArray(byte[][]::new)))
                    .isEqualTo(values.size());
            for (var redis : List.of(leader, follower)) {
                assertThatThrownBy(() -> redis.set(bytes("large"), new byte[Limits.MAX_VALUE_BYTES + 1]))
                        .hasMessage("ERR a value of 4194305 bytes is above the limit of 4194304");
                assertThat(redis.ping()).as("the connection is of further use").isEqualTo("PONG");
            }
        }
        var all = cluster.nodes().toArray(TestNode[]::new);
        cluster.kill(all);
        cluster.restart(all);
        cluster.awaitAgreement();
        for (var node : cluster.nodes()) {
            assertThat(new Ask(node).text("empty")).isEmpty();
            try (var redis = node.jedis()) {
                values.forEach((key, value) ->
                        assertThat(redis.get(bytes(key))).as(key).isEqualTo(value));
                assertThat(redis.lrange(bytes("list"), 0, -1)).containsExactlyElementsOf(values.values());
            }
        }
    }

    private static Map<String, byte[]> values() {
        var megabyte = new byte[1 << 20];
        new Random(20).nextBytes(megabyte);
        var values = new LinkedHashMap<String, byte[]>();
        values.put("empty", new byte[0]);
        values.put("lines", bytes("a\nb\r\nc\r\n$5\r\n"));
        values.put("nul", new byte[] {0, 'a', 0, 0});
        values.put("text", bytes("h\u00e4\u00df\u20ac\ud83d\ude00"));
        values.put("json", bytes("{\"json\": \"'quoted' \\ \"}"));
        values.put("invalid", new byte[] {(byte) 0xff, (byte) 0xc0, (byte) 0x80});
        values.put("megabyte", megabyte);
        values.put("key \r\n \0 \u20ac", bytes("under a key of all kinds"));
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void pipelinedCommandsThatConflictTakeEffectInOrderOnAFollowerToo() {
        for (var node : List.of(cluster.leader(), cluster.follower())) {
            try (var redis = node.jedis();
                    var pipeline = redis.pipelined()) {
                var key = "pipeline-" + node.id();
                var sums = new ArrayList<Response<Long>>();
                var reads = new ArrayList<Response<String>>();
                var lengths = new ArrayList<Response<Long>>();
                for (int i = 0; i < 500; i++) {
                    sums.add(pipeline.incr(key));
                    pipeline.set(key + "-text", "" + i);
                    reads.add(pipeline.get(key + "-text"));
                    lengths.add(pipeline.rpush(key + "-list", "" + i));
                }
                pipeline.sync();
                for (int i = 0; i < 500; i++) {
                    assertThat(sums.get(i).get()).isEqualTo(i + 1);
                    assertThat(reads.get(i).get()).isEqualTo("" + i);
                    assertThat(lengths.get(i).get()).isEqualTo(i + 1);
                }
            }
        }
    }

    @Test
    void redisCliWorksAtLeaderAndFollower() throws Exception {
        assumeOnPath("redis-cli");
        for (var node : List.of(cluster.leader(), cluster.follower())) {
            var key = "cli-" + node.id();
            assertThat(run("redis-cli", node, "set", key, "b c")).isEqualTo("OK\n");
            assertThat(run("redis-cli", node, "get", key)).isEqualTo("b c\n");
            assertThat(run("redis-cli", node, "cas", key, "b c", "d")).isEqualTo("1\n");
            assertThat(run("redis-cli", node, "rpush", key + "-list", "x", "y")).isEqualTo("2\n");
            assertThat(run("redis-cli", node, "lrange", key + "-list", "0", "-1"))
                    .isEqualTo("x\ny\n");
            assertThat(run("redis-cli", node, "incr", key)).startsWith("ERR value is not an integer");
            assertThat(run("redis-cli", node, "info", "server")).contains("dcluster_version:");
        }
    }

    @Test
    void redisBenchmarkRunsToItsEndAtLeaderAndFollower() throws Exception {
        assumeOnPath("redis-benchmark");
        for (var node : List.of(cluster.leader(), cluster.follower())) {
            var tests = "ping,set,get,incr,rpush,lpush,mset,lrange_100";
            var output = run("redis-benchmark", node, "-t", tests, "-n", "2000", "-P", "8", "-q");
            assertThat(output)
                    .contains("PING_INLINE: ", "SET: ", "GET: ", "INCR: ", "RPUSH: ", "LPUSH: ", "MSET (10 keys): ")
                    .contains("LRANGE_100 (first 100 elements): ")
                    .doesNotContainIgnoringCase("error")
                    .doesNotContain("WARNING");
        }
    }

    private static void assumeOnPath(String tool) {
        var path = String.valueOf(System.getenv("PATH"));
        assumeTrue(
                Stream.of(path.split(File.pathSeparator, -1)).anyMatch(folder -> new File(folder, tool).canExecute()),
                tool + " is not installed (package redis-tools)");
    }

    /** What a tool prints, errors among it; it must end with success. */
    private static String run(String tool, TestNode node, String... arguments) {
        var words = new ArrayList<>(List.of(tool, "-h", TestNode.HOST, "-p", "" + node.clientPort()));
        words.addAll(List.of(arguments));
        try (var process = CLUSTERS.tool(words)) {
            return process.ends(0);
        }
    }
}
