package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class KvIT {
    private static final Cli CLI = new Cli();

    @BeforeAll
    static void start() {
        CLI.start("-a", "none", "-n", "1");
    }

    @AfterAll
    static void leaveNothing() {
        CLI.close();
    }

    @Test
    void keysArePutReadAndDeleted() {
        assertThat(CLI.run("kv", "get", "k").exits(1).err()).contains("there is no key 'k'");
        assertThat(CLI.run("kv", "put", "k", "v").exits(0).out()).isEmpty();
        assertThat(CLI.run("kv", "get", "k").exits(0).out()).isEqualTo("v\n");
        assertThat(CLI.run("kv", "put", "k", "w", "--if-absent").exits(1).err()).contains("already");
        CLI.run("kv", "del", "k").exits(0);
        assertThat(CLI.run("kv", "del", "k").exits(1).err()).contains("there was no key 'k'");
    }

    @Test
    void aConditionThatDoesNotHoldIsNo() {
        CLI.run("kv", "put", "c", "1").exits(0);
        assertThat(CLI.run("kv", "cas", "c", "2", "3").exits(1).err()).contains("does not hold '2'");
        CLI.run("kv", "cas", "c", "1", "3").exits(0);
        assertThat(CLI.run("kv", "get", "c").exits(0).out()).isEqualTo("3\n");
    }

    @Test
    void numbersAndListsAreAnswered() {
        assertThat(CLI.run("kv", "incr", "n", "5").exits(0).out()).isEqualTo("5\n");
        assertThat(CLI.run("kv", "incr", "n", "--", "-7").exits(0).out()).isEqualTo("-2\n");
        assertThat(CLI.run("kv", "append", "l", "a", "b", "c").exits(0).out()).isEqualTo("3\n");
        assertThat(CLI.run("kv", "list", "l", "1").exits(0).out()).isEqualTo("b\nc\n");
        assertThat(CLI.run("kv", "list", "l", "-o", "json").json()).containsEntry("values", List.of("a", "b", "c"));
        assertThat(CLI.run("kv", "incr", "l").exits(1).err()).contains("refused, and nothing was changed");
    }

    @Test
    void anyBytesComeBackAsTheyWere() {
        var bytes = new byte[] {0, '\n', '\r', (byte) 0xff, '$'};
        CLI.runWith(bytes, "kv", "put", "bytes", "-").exits(0);
        var found = CLI.run("kv", "get", "bytes", "-o", "json").exits(0).json();
        assertThat(found).containsEntry("value", Map.of("base64", "AAoN/yQ="));
        try (var jedis = new Jedis("127.0.0.1", CLI.record("n1").member().clientPort())) {
            assertThat(jedis.get("bytes".getBytes(StandardCharsets.UTF_8))).isEqualTo(bytes);
        }
    }

    @Test
    void namesAreReadWhateverTheirLetters() {
        CLI.run("kv", "put", "größe", "中").exits(0);
        assertThat(CLI.run("kv", "get", "größe").exits(0).out()).isEqualTo("中\n");
    }

    @Test
    void anOutcomeIsAFieldInJson() {
        assertThat(CLI.run("kv", "get", "nothing", "-o", "ndjson").exits(1).json())
                .containsEntry("outcome", "no")
                .containsEntry("key", "nothing");
    }
}
