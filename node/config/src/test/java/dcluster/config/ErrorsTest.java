package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The errors as people see them, whole. {@code errors.txt} holds the cases: a title, flags, a cluster file, and after
 * {@code >>>} what is said about it. {@code -Dgolden=write} writes the file anew; commit only a difference that is
 * meant.
 */
class ErrorsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dcluster/config/errors.txt");
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());

    private record Case(String title, List<String> flags, String file, String errors) {
        static Case parse(String text) {
            var lines = text.split("\n", 2);
            var flags =
                    lines[1].lines().takeWhile(line -> line.startsWith("$ ")).toList();
            var rest = lines[1].lines().skip(flags.size()).toList();
            int end = rest.indexOf(">>>");
            var file = rest.subList(0, end).stream().map(line -> line + "\n").toList();
            return new Case(
                    lines[0].strip(),
                    flags,
                    String.join("", file),
                    String.join("\n", rest.subList(end + 1, rest.size())).strip());
        }

        String actual() {
            try {
                var config = ClusterFile.load(
                        new ClusterText("demo.yaml", file), overrides(flags), ALGORITHMS, PortPicker.NONE);
                return "no error: " + config;
            } catch (ConfigException e) {
                return String.valueOf(e.getMessage());
            }
        }

        String with(String other) {
            var said = flags.isEmpty() ? "" : String.join("\n", flags) + "\n";
            return "=== " + title + "\n" + said + file + ">>>\n" + other + "\n\n";
        }
    }

    @TestFactory
    Stream<DynamicTest> eachErrorIsSaidAsInTheFile() throws IOException {
        var cases = cases();
        if ("write".equals(System.getProperty("golden"))) {
            var all = cases.stream().map(each -> each.with(each.actual())).toList();
            Files.writeString(GOLDEN, String.join("", all));
        }
        return cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.title(), () -> assertThat(each.actual()).isEqualTo(each.errors())));
    }

    @Test
    void nothingIsAnErrorThatIsNotSaidToBeOne() throws IOException {
        assertThat(cases()).noneMatch(each -> each.errors().startsWith("no error"));
    }

    @Test
    void afterTenProblemsTheRestAreCounted() {
        var file = new StringBuilder("algorithm: raft\n");
        for (int i = 0; i < 13; i++) {
            file.append("wrong").append(i).append(": 1\n");
        }
        var text = new ClusterText("demo.yaml", file.toString());
        assertThatThrownBy(() -> ClusterFile.load(text, Overrides.NONE, ALGORITHMS, PortPicker.NONE))
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(11))
                .hasMessageStartingWith("demo.yaml:2:1: unknown key 'wrong0' for a cluster file.")
                .hasMessageEndingWith("\n... and 3 more");
    }

    private static List<Case> cases() throws IOException {
        return Stream.of(Files.readString(GOLDEN).split("(?m)^=== "))
                .filter(text -> !text.isBlank())
                .map(Case::parse)
                .toList();
    }

    private static Overrides overrides(List<String> flags) {
        Optional<String> variant = Optional.empty();
        Optional<String> name = Optional.empty();
        var nodes = OptionalInt.empty();
        var sets = new ArrayList<String>();
        for (var flag : flags) {
            var parts = flag.split(" ", 3);
            switch (parts[1]) {
                case "-a" -> variant = Optional.of(parts[2]);
                case "-N" -> name = Optional.of(parts[2]);
                case "-n" -> nodes = OptionalInt.of(Integer.parseInt(parts[2]));
                default -> sets.add(parts[2]);
            }
        }
        return new Overrides(variant, nodes, name, sets);
    }
}
