package dcluster.checker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads that saw several values, in files. */
class SiblingsTest {
    private static final String READ = """
            {"process":1,"type":"invoke","f":"read","key":"r","value":null,"time":1}
            {"process":1,"type":"ok","f":"read","key":"r","siblings":["b",1],"time":2}
            """;

    private static History read(String text) throws IOException {
        return HistoryReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "h.jsonl");
    }

    @Test
    void aReadMayHaveSiblingsInPlaceOfAValue() throws IOException {
        var output = read(READ).operations().get(0).output();
        assertThat(output).isEqualTo(Siblings.of(List.of(1L, "b"))).hasToString("{b, 1}");
        assertThat(read(READ.replace("\"siblings\"", "\"value\":null,\"siblings\"")))
                .isEqualTo(read(READ));
    }

    @Test
    void siblingsAreNoListOfTheSameValues() throws IOException {
        var list = read(READ.replace("siblings", "value")).operations().get(0).output();
        assertThat(list).isEqualTo(List.of("b", 1L));
        assertThat(read(READ).operations().get(0).output()).isNotEqualTo(list);
    }

    @Test
    void valuesThatAreListsMayBeSiblings() throws IOException {
        var lists = READ.replace("[\"b\",1]", "[[1],[1,2]]");
        assertThat(read(lists).operations().get(0).output())
                .isEqualTo(Siblings.of(List.of(List.of(1L), List.of(1L, 2L))));
    }

    @Test
    void whatIsWrittenIsReadAgain(@TempDir Path folder) throws IOException {
        var file = folder.resolve("history.jsonl");
        var siblings = Siblings.of(List.of("b", 1L));
        try (var writer = HistoryWriter.create(file)) {
            writer.write(event(EventType.INVOKE, null));
            writer.write(event(EventType.OK, siblings));
        }
        assertThat(Files.readString(file)).contains("\"siblings\":[\"b\",1]").doesNotContain("\"value\":[");
        assertThat(HistoryReader.read(file).operations().get(0).output()).isEqualTo(siblings);
    }

    private static Event event(EventType type, @Nullable Object value) {
        return new Event(0, 1L, type, Function.READ, "read", "r", value, true, 1, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []          | []
            ["a"]       | [a]
            ["a","a"]   | [a, a]
            [1,1.0]     | [1, 1]
            ["a",null]  | [a, null]
            "a"         | a
            null        | null
            {"a":1}     | {a=1}
            """)
    void whatIsNotSeveralValuesIsRefused(String json, String told) {
        assertThatThrownBy(() -> read(READ.replace("[\"b\",1]", json)))
                .isInstanceOf(BadHistoryException.class)
                .hasMessage("h.jsonl:2: \"siblings\" is a list of two values or more, each another and none null, not "
                        + told);
    }

    @Test
    void aValueBesideThemIsRefused() {
        assertThatThrownBy(() -> read(READ.replace("\"siblings\"", "\"value\":\"b\",\"siblings\"")))
                .hasMessage("h.jsonl:2: a read has \"siblings\" in place of \"value\", not both");
    }

    @Test
    void theyBelongToAReadThatSawSomething() {
        for (var other : List.of(
                READ.replace("\"value\":null", "\"siblings\":[1,2]"),
                READ.replace("\"ok\"", "\"info\""),
                READ.replace("\"ok\"", "\"fail\""),
                READ.replace("\"read\"", "\"write\""),
                READ.replace("\"read\"", "\"dequeue\""),
                READ.replace(":1,\"type\":\"ok\"", ":\"nemesis\",\"type\":\"info\""))) {
            assertThatThrownBy(() -> read(other))
                    .as(other)
                    .hasMessageEndingWith("\"siblings\" belong to an \"ok\" of read");
        }
    }

    @Test
    void oneValueAloneIsNone() {
        assertThatThrownBy(() -> Siblings.of(List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("siblings are two different values or more, not [a]");
    }
}
