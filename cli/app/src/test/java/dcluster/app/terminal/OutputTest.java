package dcluster.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aTableShowsTheNamedColumnsThatAnyObjectHas() {
        output(Format.TABLE).list(List.of("node", "stateHash", "never"), List.of(row("n1", "ab"), row("n2", null)));
        assertThat(printed()).isEqualTo("NODE  STATE HASH\nn1    ab\nn2    -\n");
    }

    @Test
    void jsonShowsAllThatThereIs() {
        output(Format.JSON).list(List.of("node"), List.of(row("n1", "ab")));
        assertThat(printed().replaceAll("\\s", "")).isEqualTo("[{\"node\":\"n1\",\"stateHash\":\"ab\"}]");
    }

    @Test
    void linesOfJsonShowOneObjectEach() {
        output(Format.NDJSON).list(List.of("node"), List.of(row("n1", "ab"), row("n2", null)));
        assertThat(printed())
                .isEqualTo("{\"node\":\"n1\",\"stateHash\":\"ab\"}\n{\"node\":\"n2\",\"stateHash\":null}\n");
    }

    @Test
    void onlyATerminalThatWantsColoursGetsThem() {
        var watched = Terminal.of("12", Map.of("TERM", "xterm"));
        assertThat(watched.style(Terminal.Style.BOLD, "x")).isEqualTo("\u001b[1mx\u001b[0m");
        assertThat(Terminal.of("12", Map.of("TERM", "xterm", "NO_COLOR", "1")).style(Terminal.Style.BOLD, "x"))
                .isEqualTo("x");
        assertThat(Terminal.of("2", Map.of("TERM", "xterm")).style(Terminal.Style.BOLD, "x"))
                .isEqualTo("x");
        assertThat(Terminal.of("12", Map.of("TERM", "dumb")).styleError(Terminal.Style.BOLD, "x"))
                .isEqualTo("x");
    }

    @Test
    void progressIsRedrawnOnATerminalAndAPlainLineElsewhere() {
        var plain = new Progress(Terminal.NONE, stream());
        plain.underWay("waiting");
        plain.underWay("waiting");
        plain.clear();
        assertThat(printed()).isEqualTo("waiting\n");
        printed.reset();
        var drawn = new Progress(Terminal.of("2", Map.of()), stream());
        drawn.underWay("a");
        drawn.underWay("b");
        drawn.clear();
        assertThat(printed()).isEqualTo("\r\u001b[Ka\r\u001b[Kb\r\u001b[K");
    }

    private Output output(Format format) {
        return new Output(format, Terminal.NONE, stream());
    }

    private PrintStream stream() {
        return new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> row(String node, @Nullable String hash) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("node", node);
        row.put("stateHash", hash);
        return row;
    }
}
