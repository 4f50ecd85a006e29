package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dcluster.spi.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** The clients that people use, against a gateway whose node answers from memory. */
@Timeout(60)
class RedisClientsTest {
    private static final ProtocolCommand CAS = () -> "CAS".getBytes(StandardCharsets.US_ASCII);

    private final GatewayRig rig = new GatewayRig(GatewayRig.anyPort(), new StoreSink());

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void jedisReadsAndWritesTexts() {
        try (var redis = jedis()) {
            assertThat(redis.ping()).isEqualTo("PONG");
            assertThat(redis.get("a")).isNull();
            assertThat(redis.set("a", "1")).isEqualTo("OK");
            assertThat(redis.set("a", "2", SetParams.setParams().nx())).isNull();
            assertThat(redis.set("b", "2", SetParams.setParams().xx())).isNull();
            assertThat(redis.setGet("a", "2")).isEqualTo("1");
            assertThat(redis.get("a")).isEqualTo("2");
            assertThat(redis.mset("b", "3", "c", "4")).isEqualTo("OK");
            assertThat(redis.mget("a", "b", "x")).containsExactly("2", "3", null);
            assertThat(redis.exists("a", "b", "x")).isEqualTo(2);
            assertThat(redis.del("a", "b", "x")).isEqualTo(2);
            assertThat(cas(redis, "c", "4", "5")).isEqualTo(1L);
            assertThat(cas(redis, "c", "4", "6")).isEqualTo(0L);
            assertThat(redis.get("c")).isEqualTo("5");
        }
    }

    @Test
    void jedisCountsAndKeepsLists() {
        try (var redis = jedis()) {
            assertThat(redis.incr("n")).isEqualTo(1);
            assertThat(redis.incrBy("n", 41)).isEqualTo(42);
            assertThat(redis.decrBy("n", 2)).isEqualTo(40);
            assertThat(redis.rpush("l", "b", "c")).isEqualTo(2);
            assertThat(redis.lpush("l", "a", "0")).isEqualTo(4);
            assertThat(redis.lrange("l", 0, -1)).containsExactly("0", "a", "b", "c");
            assertThatThrownBy(() -> redis.get("l"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("WRONGTYPE ");
            redis.set("t", "text");
            assertThatThrownBy(() -> redis.incr("t")).hasMessage("ERR value is not an integer or out of range");
            redis.set("t", "" + Long.MAX_VALUE);
            assertThatThrownBy(() -> redis.incr("t")).hasMessage("ERR increment or decrement would overflow");
        }
    }

    @Test
    void jedisPipelines() {
        try (var redis = jedis();
                var pipeline = redis.pipelined()) {
            var replies = new ArrayList<Response<Long>>();
            for (int i = 0; i < 5_000; i++) {
                replies.add(pipeline.incr("n"));
            }
            pipeline.sync();
            for (int i = 0; i < 5_000; i++) {
                assertThat(replies.get(i).get()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    @Tag("hard-case-20")
    void valuesOfAllKindsComeBackAndTooLargeOnesAreRefusedWithoutClosing() {
        try (var redis = jedis()) {
            var values = List.of("", "\n", "a\r\nb\0c", "{\"json\": \"'quoted'\"}", "h\u00e4\u00df\u20ac\ud83d\ude00");
            for (var value : values) {
                redis.set("k" + value, value);
                assertThat(redis.get("k" + value)).isEqualTo(value);
            }
            byte[] key = {0, 13, 10, -1};
            for (int size : new int[] {1 << 20, Limits.MAX_VALUE_BYTES}) {
                byte[] large = new byte[size];
                Arrays.fill(large, (byte) '\n');
                redis.set(key, large);
                assertThat(redis.get(key)).isEqualTo(large);
            }
            assertThatThrownBy(() -> redis.set(key, new byte[Limits.MAX_VALUE_BYTES + 1]))
                    .hasMessage("ERR a value of 4194305 bytes is above the limit of 4194304");
            assertThat(redis.get(key)).hasSize(Limits.MAX_VALUE_BYTES);
        }
    }

    @Test
    void redisCliSpeaksWithIt() throws Exception {
        assumeOnPath("redis-cli");
        assertThat(run("redis-cli", "set", "a", "b c")).isEqualTo("OK\n");
        assertThat(run("redis-cli", "get", "a")).isEqualTo("b c\n");
        assertThat(run("redis-cli", "-2", "get", "a")).isEqualTo("b c\n");
        assertThat(run("redis-cli", "cas", "a", "b c", "d")).isEqualTo("1\n");
        assertThat(run("redis-cli", "rpush", "l", "x", "y")).isEqualTo("2\n");
        assertThat(run("redis-cli", "lrange", "l", "0", "-1")).isEqualTo("x\ny\n");
        assertThat(run("redis-cli", "get", "nothing")).isEqualTo("\n");
        assertThat(run("redis-cli", "multi")).isEqualTo("OK\n");
        assertThat(run("redis-cli", "exec")).startsWith("ERR EXEC without MULTI");
        assertThat(run("redis-cli", "info", "server")).contains("dcluster_version:1.2.3");
    }

    @Test
    void redisCliFallsBackWhereItAskedForTheThirdVersion() throws Exception {
        assumeOnPath("redis-cli");
        run("redis-cli", "set", "a", "1");
        assertThat(run("redis-cli", "-3", "get", "a"))
                .contains("HELLO 3 failed: NOPROTO unsupported protocol version")
                .endsWith("1\n");
    }

    @Test
    void redisBenchmarkRunsToItsEnd() throws Exception {
        assumeOnPath("redis-benchmark");
        var tests = "ping,set,get,incr,rpush,lpush,mset,lrange";
        var output = run("redis-benchmark", "-t", tests, "-n", "2000", "-P", "16", "-r", "100", "--csv");
        assertThat(output)
                .contains("\"PING_INLINE\"", "\"PING_MBULK\"", "\"SET\"", "\"GET\"", "\"INCR\"", "\"LPUSH\"")
                .contains("\"RPUSH\"", "\"LRANGE_600 (first 600 elements)\"", "\"MSET (10 keys)\"")
                .doesNotContainIgnoringCase("error")
                .doesNotContain("WARNING");
        var calls = rig.metrics().requestsByName();
        assertThat(calls).containsEntry("set", 2000L).containsEntry("mset", 2000L);
        assertThat(calls).containsKeys("ping", "get", "incr", "lpush", "rpush", "lrange", "config");
        assertThat(rig.metrics().refused()).isZero();
        assertThat(rig.metrics().failed()).isZero();
    }

    private static Object cas(RedisClient redis, String key, String expected, String value) {
        return redis.executeCommand(
                new CommandArguments(CAS).key(key).add(expected).add(value));
    }

    private RedisClient jedis() {
        return RedisClient.create("127.0.0.1", rig.port());
    }

    private static void assumeOnPath(String tool) {
        var path = String.valueOf(System.getenv("PATH"));
        assumeTrue(
                Stream.of(path.split(File.pathSeparator, -1)).anyMatch(folder -> new File(folder, tool).canExecute()),
                tool + " is not installed (package redis-tools)");
    }

    /** What a tool prints, errors among it. */
    private String run(String tool, String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(tool, "-h", "127.0.0.1", "-p", "" + rig.port()));
        words.addAll(List.of(arguments));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
