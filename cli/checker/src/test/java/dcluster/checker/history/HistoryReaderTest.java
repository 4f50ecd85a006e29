package dcluster.checker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.history.Operation.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryReaderTest {
    private static final String WRITE = """
            {"process":3,"type":"invoke","f":"write","key":"r","value":4,"time":1}
            {"process":3,"type":"ok","f":"write","key":"r","value":4,"time":2,"node":"n1"}
            """;

    private static History read(String text) throws IOException {
        return HistoryReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "h.jsonl");
    }

    // What is read

    @Test
    void anInvocationAndItsEndAreOneOperation() throws IOException {
        assertThat(read(WRITE).operations())
                .containsExactly(new Operation(3, Function.WRITE, "r", 4L, 4L, Outcome.OK, true, 1, 2, 1, 2, null));
    }

    @Test
    void whatNothingClosesIsIndeterminate() throws IOException {
        var open = read(WRITE.lines().findFirst().orElseThrow() + "\n")
                .operations()
                .get(0);
        assertThat(open.outcome()).isEqualTo(Outcome.INFO);
        assertThat(open.ended()).isEqualTo(Operation.NEVER);
    }

    @Test
    void whatNothingClosesLastsUntilTheEnd() throws IOException {
        var history = read(WRITE.lines().findFirst().orElseThrow() + "\n" + WRITE.replace(":3,", ":4,"));
        assertThat(history.operations().get(0).endTime()).isEqualTo(2);
    }

    @Test
    void anInfoMayTakeEffectForEver() throws IOException {
        var operation = read(WRITE.replace("\"ok\"", "\"info\"")).operations().get(0);
        assertThat(operation.isIndeterminate()).isTrue();
        assertThat(operation.ended()).isEqualTo(Operation.NEVER);
    }

    @Test
    void theResultOfAReadIsTheValueOfItsEnd() throws IOException {
        var read = read("""
                        {"process":1,"type":"invoke","f":"read","key":"r","value":7,"time":1}
                        {"process":1,"type":"ok","f":"read","key":"r","value":null,"time":2}
                        """).operations().get(0);
        assertThat(read.value()).isNull();
    }

    @Test
    void eventsOfNamedProcessesAreNotes() throws IOException {
        var history = read("""
                {"process":"nemesis","type":"info","f":"partition","value":{"isolate":["n1"],"for":0.5},"time":9}
                {"process":"n2","type":"info","f":"elected","value":null,"time":9}
                """);
        assertThat(history.operations()).isEmpty();
        assertThat(history.notes()).extracting(Event::word).containsExactly("partition", "elected");
        assertThat(history.notes().get(0).value())
                .hasToString("{isolate=[n1], for=0.5}")
                .extracting("for")
                .isEqualTo(new BigDecimal("0.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "100, 1e2",
        "0, -0.0",
        "-5, -50e-1",
        "1.5, 1.50",
        "9223372036854775807, 9223372036854775807.0",
        "9223372036854775808, 9223372036854775808.00",
        "100000000000000000000, 1e20"
    })
    void numbersOfOneValueAreEqualHoweverTheyAreWritten(String one, String other) throws IOException {
        for (var pattern : List.of("%s", "[%s]", "{\"a\":%s}")) {
            var written = read(WRITE.replace("\"value\":4", "\"value\":" + pattern.formatted(one)));
            assertThat(read(WRITE.replace("\"value\":4", "\"value\":" + pattern.formatted(other))))
                    .isEqualTo(written);
        }
        var ended = read(
                WRITE.replaceFirst("\"value\":4", "\"value\":" + one).replace("\"value\":4", "\"value\":" + other));
        assertThat(ended.operations()).hasSize(1);
    }

    @Test
    void clocksMayGoBackwards() throws IOException {
        assertThat(read(WRITE.replace("\"time\":2", "\"time\":-5")).operations())
                .singleElement()
                .returns(-5L, Operation::endTime)
                .returns(2, Operation::ended);
    }

    @Test
    void aKeyMayBeANumber() throws IOException {
        assertThat(read(WRITE.replace("\"r\"", "17")).byKey()).containsOnlyKeys("17");
    }

    @Test
    void theLastLineMayHaveNoLineFeed() throws IOException {
        assertThat(read(WRITE.stripTrailing()).operations()).singleElement().returns(true, Operation::isOk);
    }

    @Test
    void gzipIsReadAsItIs(@TempDir Path folder) throws IOException {
        var file = folder.resolve("any.name");
        Files.write(file, zipped(WRITE.repeat(1)));
        assertThat(HistoryReader.read(file)).isEqualTo(read(WRITE));
    }

    @Test
    void allMembersOfAGzipStreamAreReadWhateverItsPauses() throws IOException {
        var both = new ByteArrayOutputStream();
        both.write(zipped(WRITE));
        both.write(zipped(WRITE.replace("4", "5")));
        var byteByByte = new ByteArrayInputStream(both.toByteArray()) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(1, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        assertThat(HistoryReader.read(byteByByte, "h").operations()).hasSize(2);
    }

    @Test
    void whatFollowsAMemberAndIsNoneIsRefusedWithItsLine() throws IOException {
        for (var garbage : List.of("g", "garbage garbage garbage garbage garbage", "\0\0\0\0")) {
            var bytes = new ByteArrayOutputStream();
            bytes.write(zipped(WRITE));
            bytes.write(garbage.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> HistoryReader.read(new ByteArrayInputStream(bytes.toByteArray()), "h"))
                    .isInstanceOf(BadHistoryException.class)
                    .hasMessageStartingWith("h:3: broken gzip");
        }
    }

    @Test
    void aMemberWithEveryPartOfAHeaderIsRead() throws IOException {
        var plain = zipped(WRITE);
        var bytes = new ByteArrayOutputStream();
        bytes.write(plain, 0, 3);
        bytes.write(2 | 4 | 8 | 16);
        bytes.write(plain, 4, 6);
        bytes.write(new byte[] {3, 0, 1, 2, 3});
        bytes.write("name\0comment\0".getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {9, 9});
        bytes.write(plain, 10, plain.length - 10);
        assertThat(HistoryReader.read(new ByteArrayInputStream(bytes.toByteArray()), "h"))
                .isEqualTo(read(WRITE));
    }

    @Test
    void aWrongChecksumIsRefused() throws IOException {
        var bytes = zipped(WRITE);
        bytes[bytes.length - 8] ^= 1;
        assertThatThrownBy(() -> HistoryReader.read(new ByteArrayInputStream(bytes), "h"))
                .isInstanceOf(BadHistoryException.class)
                .hasMessageContaining("checksum or length do not fit");
    }

    // A recorder that was killed

    @Test
    void aFileCutAnywhereIsReadUpToItsLastWholeLine() throws IOException {
        var text = WRITE + WRITE.replace("4", "5");
        for (int length = 0; length < text.length(); length++) {
            var history = read(text.substring(0, length));
            long whole = text.substring(0, length)
                    .lines()
                    .filter(line -> line.endsWith("}"))
                    .count();
            assertThat(history.operations()).as("cut after %s bytes", length).hasSize((int) (whole + 1) / 2);
            assertThat(history.isCut()).as("cut after %s bytes", length).isEqualTo(isInALine(text, length));
        }
    }

    private static boolean isInALine(String text, int length) {
        return length > 0 && text.charAt(length - 1) != '\n' && text.charAt(length - 1) != '}';
    }

    @Test
    void aCompressedFileCutAnywhereIsReadAsFarAsItGoes(@TempDir Path folder) throws IOException {
        var random = new Random(5);
        var text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append(WRITE.replace("4", "" + random.nextInt()));
        }
        var whole = zipped(text.toString());
        for (int length = 2; length < whole.length; length += length < 20 ? 1 : 4999) {
            var file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, length));
            var history = HistoryReader.read(file);
            assertThat(history.isCut()).isTrue();
            assertThat(history.operations()).hasSizeLessThan(2000);
        }
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    // What is refused

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        garbage                                                                       | not JSON
        []                                                                            | an event is an object
        {"process":1,"type":"invoke","f":"read","time":1} {}                          | more than one event
        {"process":1,"type":"invoke","f":"read","time":1,"time":1}                    | Duplicate field
        {"process":1,"type":"invoke","f":"read"                                       | not JSON
        {"type":"invoke","f":"read","time":1}                                         | "process" is missing
        {"process":1,"f":"read","time":1}                                             | "type" is missing
        {"process":1,"type":"invoke","time":1}                                        | "f" is missing
        {"process":1,"type":"invoke","f":"read"}                                      | "time" is missing
        {"process":-1,"type":"invoke","f":"read","time":1}                            | "process" is the number
        {"process":1.5,"type":"invoke","f":"read","time":1}                           | "process" is the number
        {"process":1,"type":"begin","f":"read","time":1}                              | unknown type "begin"
        {"process":1,"type":"invoke","f":"reed","time":1}                             | unknown function "reed"
        {"process":1,"type":"invoke","f":"read","time":1,"colour":2}                  | unknown field "colour"
        {"process":1,"type":"invoke","f":"read","time":"now"}                         | "time" is a whole number
        {"process":1,"type":"invoke","f":"read","time":1e3}                           | "time" is a whole number
        {"process":1,"type":"invoke","f":"read","key":null,"time":1}                  | "key" is a text
        {"process":1,"type":"invoke","f":7,"time":1}                                  | "f" is a text
        {"process":1,"type":"invoke","f":"cas","value":[1],"time":1}                  | the value of cas is [from, to]
        {"process":1,"type":"invoke","f":"append","value":1,"time":1}                 | the value of append is a text
        {"process":1,"type":"invoke","f":"push","value":null,"time":1}                | the value of push is a value
        {"process":1,"type":"invoke","f":"txn","value":3,"time":1}                    | the value of txn is a list
        {"process":1,"type":"invoke","f":"txn","value":[["r"]],"time":1}              | a step of txn
        {"process":1,"type":"invoke","f":"cas","value":[1,2],"applied":false,"time":1}| "applied" belongs to the end
        {"process":1,"type":"invoke","f":"read","applied":1,"time":1}                 | "applied" is true or false
        {"process":1,"type":"ok","f":"read","time":1}                                 | process 1 has no operation open
        {"process":1,"type":"invoke","f":"write","value":1e999999999,"time":1}        | a number of more than 1000 digits
        {"process":1,"type":"invoke","f":"write","value":1.0e-999999999,"time":1}     | a number of more than 1000 digits
        {"process":1,"type":"invoke","f":"read","time":99999999999999999999}          | not JSON: Numeric value
        {"process":3,"type":"invoke","f":"read","value":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]],"time":1}| not JSON
        """)
    void aBadLineIsRefusedWithItsPlace(String line, String why) {
        assertThatThrownBy(() -> read(WRITE + line + "\n" + WRITE))
                .isInstanceOf(BadHistoryException.class)
                .hasMessageStartingWith("h.jsonl:3: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"process":3,"type":"invoke","f":"read","key":"r","time":2}             | process 3 has an operation open since line 1
        {"process":3,"type":"ok","f":"read","key":"r","time":2}                 | process 3 invoked another operation in line 1
        {"process":3,"type":"ok","f":"write","key":"s","value":4,"time":2}      | process 3 invoked another operation in line 1
        {"process":3,"type":"ok","f":"write","key":"r","value":5,"time":2}      | "value" is 5, and was 4
        {"process":3,"type":"ok","f":"write","key":"r","value":4,"applied":false,"time":2} | "applied":false belongs
        {"process":"3","type":"invoke","f":"write","key":"r","value":4,"time":2}| process "3" is a text, so this is a note
        {"process":"3","type":"ok","f":"write","key":"r","value":4,"time":2}    | the type of a note is info, not ok
        {"process":"n2","type":"fail","f":"elect","time":2}                     | a client is a number, without quotation
        """)
    void anEndThatDoesNotBelongToTheInvocationIsRefused(String line, String why) {
        var invocation = WRITE.lines().findFirst().orElseThrow() + "\n";
        assertThatThrownBy(() -> read(invocation + line + "\n"))
                .isInstanceOf(BadHistoryException.class)
                .hasMessageStartingWith("h.jsonl:2: ")
                .hasMessageContaining(why);
    }

    @Test
    void aLastLineThatIsAnEventIsHeldToTheRulesEvenWithoutItsLineFeed() {
        assertThatThrownBy(() -> read(WRITE + "{\"process\":1,\"type\":\"ok\",\"f\":\"read\",\"time\":1}"))
                .hasMessageContaining("h.jsonl:3: process 1 has no operation open");
    }

    // The writer

    @Test
    void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
        var file = folder.resolve("history.jsonl");
        var events = List.of(
                new Event(1, 3L, EventType.INVOKE, Function.CAS, "cas", "k", List.of(1L, "a\n\"b"), true, 1, null),
                new Event(2, 3L, EventType.OK, Function.CAS, "cas", "k", List.of(1L, "a\n\"b"), false, 2, "n1"),
                new Event(3, "nemesis", EventType.INFO, null, "heal", null, new BigDecimal("1.25"), true, 3, null));
        try (var writer = HistoryWriter.create(file)) {
            for (var event : events) {
                writer.write(event);
                assertThat(Files.readString(file)).endsWith("}\n");
            }
        }
        var found = new java.util.ArrayList<Event>();
        assertThat(HistoryReader.stream(file, found::add)).isFalse();
        assertThat(found).isEqualTo(events);
    }

    @Test
    void anInterruptedThreadWritesAndSpoilsTheFileForNobody(@TempDir Path folder) throws IOException {
        var file = folder.resolve("history.jsonl");
        var event = new Event(1, 3L, EventType.INVOKE, Function.READ, "read", "k", null, true, 1, null);
        try (var writer = HistoryWriter.create(file)) {
            Thread.currentThread().interrupt();
            writer.write(event);
            assertThat(Thread.interrupted()).isTrue();
            writer.write(event);
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThatThrownBy(() -> HistoryWriter.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
