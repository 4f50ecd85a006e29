package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cluster files broken at random: what comes of it is a configuration or an error with its place, never anything else.
 * A campaign runs with {@code -Dconfig.fuzz=1000000}.
 */
class FuzzTest {
    private static final int RUNS = Integer.getInteger("config.fuzz", 2000);
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());
    private static final Pattern MESSAGE = Pattern.compile("[^\\n]*?:[0-9]+:[0-9]+: [^\\n]+");
    private static final String[] BITS = {
        ":",
        ": ",
        "- ",
        "#",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&a ",
        "*a",
        "!!set ",
        "'",
        "\"",
        "|",
        ">",
        "%",
        "@",
        "`",
        "\t",
        "\n",
        "\r",
        "\n  ",
        "---\n",
        "...\n",
        "? ",
        "<<: ",
        "0",
        "-1",
        "99999999999",
        "1e9",
        "null",
        "~",
        "true",
        "ms",
        "..",
        "\\u0000",
        "\\x",
        "\0",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\ud83d\ude00",
        "raft",
        "none",
        "sampler",
        "nodes",
        "coordinator: true\n",
        "port: 0\n",
        "options: ",
        "%YAML 9.9\n",
        "!<",
        "\"\\UFFFFFFFF\""
    };

    @TempDir
    Path folder = Path.of("unset");

    @Test
    void aBrokenFileIsReadOrRefusedWithItsPlace() throws IOException {
        var originals = originals();
        var file = folder.resolve("demo.yaml");
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var bytes = mutate(originals.get(random.nextInt(originals.size())), random);
            Files.write(file, bytes);
            refused += refuses(file, seed) ? 1 : 0;
        }
        // Neither all nor none, or the mutations would not reach what they are for.
        assertThat(refused).isBetween(RUNS / 4, RUNS - RUNS / 20);
    }

    @Test
    void aBrokenFlagIsReadOrRefused() {
        var text = new ClusterText("demo.yaml", "algorithm: raft\n");
        var flags = List.of(
                "storage.sync={every: 10ms}",
                "options.raft.batch.entries=7",
                "nodes=[{id: n1}]",
                "network={expose: true}");
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var set = new String(
                    mutate(flags.get(random.nextInt(flags.size())).getBytes(StandardCharsets.UTF_8), random),
                    StandardCharsets.UTF_8);
            var overrides = random.nextBoolean()
                    ? new Overrides(Optional.empty(), OptionalInt.empty(), Optional.empty(), List.of(set))
                    : new Overrides(Optional.of("raft:" + set), OptionalInt.empty(), Optional.empty(), List.of());
            try {
                ClusterFile.load(text, overrides, ALGORITHMS, PortPicker.NONE);
            } catch (ConfigException e) {
                assertThat(String.valueOf(e.getMessage()).lines())
                        .as("seed %d: %s", seed, set)
                        .allMatch(line -> line.startsWith("--set ") || line.startsWith("-a raft:"));
            } catch (RuntimeException e) {
                fail("seed " + seed + ": " + set, e);
            }
        }
    }

    private static boolean refuses(Path file, int seed) {
        try {
            ClusterFile.load(file, Overrides.NONE, ALGORITHMS, PortPicker.NONE);
            return false;
        } catch (ConfigException e) {
            assertThat(String.valueOf(e.getMessage()).split("\n"))
                    .as("seed %d", seed)
                    .allMatch(line -> MESSAGE.matcher(line).matches() || line.matches("\\.\\.\\. and [0-9]+ more"));
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + seed, e);
        }
    }

    private static List<byte[]> originals() throws IOException {
        var all = new ArrayList<byte[]>();
        for (var each : ClusterConfigsTest.files()) {
            var text = Files.readString(each);
            all.add(text.getBytes(StandardCharsets.UTF_8));
            all.add(ClusterConfigsTest.withDefaultsGiven(text).getBytes(StandardCharsets.UTF_8));
            var config = ClusterFile.load(each, Overrides.NONE, ALGORITHMS, PortPicker.NONE);
            all.add(ClusterFile.write(config).getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    /** One to four changes, each of some bytes or some characters that mean something. */
    private static byte[] mutate(byte[] original, Random random) {
        var text = new String(original, StandardCharsets.ISO_8859_1);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(random.nextInt(5) == 0 ? 200 : 8));
            var before = text.substring(0, at);
            var bit = new String(
                    BITS[random.nextInt(BITS.length)].getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            text = switch (random.nextInt(6)) {
                case 0 -> before + text.substring(end);
                case 1 -> before + text.substring(at, end) + text.substring(at);
                case 2 -> before + (char) random.nextInt(256) + text.substring(at);
                case 3 -> before + bit.repeat(random.nextInt(40)) + text.substring(at);
                case 4 -> before + bit + text.substring(end);
                default -> before + bit + text.substring(at);
            };
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
