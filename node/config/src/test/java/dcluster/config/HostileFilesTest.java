package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Files that are made to exhaust their reader: each as large as a file may be, or growing without bounds as it is read.
 */
class HostileFilesTest {
    private static final int BYTES = ClusterText.MAX_BYTES;
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("open lists", "[".repeat(BYTES)),
            Map.entry("open mappings", "{".repeat(BYTES)),
            Map.entry("mappings in mappings", "{a: ".repeat(BYTES / 4)),
            Map.entry("lists in a line", "- ".repeat(BYTES / 2)),
            Map.entry("questions in a line", "? ".repeat(BYTES / 2)),
            Map.entry("mappings in lines", nested()),
            Map.entry("one long word", "a".repeat(BYTES)),
            Map.entry("one long key", "a".repeat(BYTES - 3) + ": b"),
            Map.entry("one long quote", "algorithm: \"" + "a".repeat(BYTES - 20) + "\""),
            Map.entry("a quote without end", "algorithm: \"" + "a".repeat(BYTES - 20)),
            Map.entry("colons", ":".repeat(BYTES)),
            Map.entry("many keys", many("key-%d: 1")),
            Map.entry("one key many times", many("nodes: %d")),
            Map.entry("many documents", many("--- %d")),
            Map.entry("many words in a list", "nodes: [" + "a,".repeat(BYTES / 2 - 10) + "]"),
            Map.entry("many nodes", "algorithm: raft\nnodes: [" + "{},".repeat(BYTES / 3 - 20) + "]"),
            Map.entry("a number of nodes", "algorithm: raft\nnodes: " + "9".repeat(BYTES - 30)),
            Map.entry("a number of bytes", "algorithm: raft\nstorage: {segment: " + "9".repeat(BYTES - 50) + "}"),
            Map.entry("options of a variant", "algorithm: raft:" + "a=1,".repeat(BYTES / 4 - 10)),
            Map.entry("depth in a variant", "algorithm: raft:" + "a.".repeat(BYTES / 2 - 20) + "a=1"),
            Map.entry("brackets in a variant", "algorithm: \"raft:a=" + "[".repeat(BYTES - 30) + "\""),
            Map.entry("aliases of aliases", laughs()));

    @TestFactory
    Stream<DynamicTest> aHostileFileIsRefusedInAFewLines() {
        return FILES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> refused(file.getValue())));
    }

    private static void refused(String text) {
        var file = new ClusterText("demo.yaml", text);
        assertThatThrownBy(() -> ClusterFile.load(file, Overrides.NONE, ALGORITHMS, PortPicker.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("demo.yaml:")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(4000));
    }

    private static String many(String line) {
        return IntStream.range(0, BYTES / 20).mapToObj(line::formatted).collect(Collectors.joining("\n"));
    }

    private static String nested() {
        var text = new StringBuilder();
        for (int depth = 0; text.length() + depth + 3 < BYTES; depth++) {
            text.append(" ".repeat(depth)).append("a:\n");
        }
        return text.toString();
    }

    private static String laughs() {
        var text = new StringBuilder("a0: &a0 [ha, ha]\n");
        for (int i = 1; i < 30; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        return text.toString();
    }
}
