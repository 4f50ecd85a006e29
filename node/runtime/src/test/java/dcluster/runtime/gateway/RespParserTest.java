package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespParserTest {
    private final RespParser parser = new RespParser();

    @Test
    void anArrayOfBulkStringsIsARequest() {
        assertThat(read("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\nhi\r\n")).containsExactly("SET k hi");
    }

    @Test
    void aLineIsARequestWithAndWithoutACarriageReturn() {
        assertThat(read("PING\r\nSET  k \"a b\"\n")).containsExactly("PING", "SET k a b");
    }

    @Test
    void requestsComeInTheOrderOfTheirBytes() {
        assertThat(read(Resp.command("GET a") + "PING\r\n" + Resp.command("GET b")))
                .containsExactly("GET a", "PING", "GET b");
    }

    @Test
    void wordsMayHoldAnyBytes() {
        parser.add(Resp.bytes("*2\r\n$4\r\nECHO\r\n$6\r\n\r\n\0\u00ff$*\r\n"));
        assertThat(((Incoming.Request) next()).words().get(1).toArray()).isEqualTo(Resp.bytes("\r\n\0\u00ff$*"));
    }

    @Test
    void emptyLinesAndEmptyArraysAskForNothing() {
        assertThat(read("\r\n\n*0\r\n*-1\r\n   \r\nPING\r\n")).containsExactly("PING");
    }

    @Test
    void anEmptyWordIsAWord() {
        parser.add(Resp.bytes(Resp.array("SET", "", "")));
        assertThat(((Incoming.Request) next()).words()).containsExactly(Bytes.utf8("SET"), Bytes.EMPTY, Bytes.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *1\\r\\n:1\\r\\n                | expected '$', got ':'
            *1\\r\\n\\x01\\r\\n             | expected '$', got '\\x01'
            *x\\r\\n                       | invalid multibulk length
            *\\r\\n                        | invalid multibulk length
            *1\\n$4\\r\\n                   | invalid multibulk length
            *99999999999999999999\\r\\n    | invalid multibulk length
            *1048577\\r\\n                 | invalid multibulk length
            *1\\r\\n$-1\\r\\n               | invalid bulk length
            *1\\r\\n$\\r\\n                 | invalid bulk length
            *1\\r\\n$1x\\r\\n               | invalid bulk length
            *1\\r\\n$536870913\\r\\n        | invalid bulk length
            *1\\r\\n$1\\r\\nabc\\r\\n        | a bulk string does not end where it said
            SET k "open\\r\\n             | unbalanced quotes in request
            SET k 'a'b\\r\\n              | unbalanced quotes in request
            """)
    void bytesThatAreNoRequestAreAProtocolError(String bytes, String problem) {
        parser.add(Resp.bytes(unescaped(bytes) + "PING\r\n"));

        assertThat(next()).isEqualTo(new Incoming.Broken("ERR Protocol error: " + problem));
        assertThat(parser.next()).as("nothing is read behind it").isNull();
        assertThat(parser.heldBytes()).isZero();
    }

    @Test
    void headersThatDoNotEndAreAProtocolError() {
        assertBroken("*" + "1".repeat(40), "too big mbulk count string");
        assertBroken("*1\r\n$" + "1".repeat(40), "too big bulk count string");
        assertBroken("x".repeat(RespParser.MAX_INLINE_BYTES + 2), "too big inline request");
    }

    @Test
    void theLongestLineIsRead() {
        var line = "ECHO " + "x".repeat(RespParser.MAX_INLINE_BYTES - 5);
        assertThat(read(line + "\r\n")).containsExactly(line);
    }

    @Test
    void theLargestValueIsReadAndOneByteMoreIsPassedOver() {
        parser.add(Resp.array(List.of(Bytes.utf8("SET"), Bytes.utf8("k"), zeros(Limits.MAX_VALUE_BYTES))));
        assertThat(((Incoming.Request) next()).words().get(2).size()).isEqualTo(Limits.MAX_VALUE_BYTES);

        parser.add(Resp.array(List.of(Bytes.utf8("SET"), Bytes.utf8("k"), zeros(Limits.MAX_VALUE_BYTES + 1))));
        assertThat(next())
                .isEqualTo(new Incoming.Refused("ERR a value of 4194305 bytes is above the limit of 4194304"));
        assertThat(read("PING\r\n")).as("the next request").containsExactly("PING");
    }

    @Test
    void aRequestThatIsTooLargeAltogetherIsPassedOver() {
        var value = zeros(Limits.MAX_VALUE_BYTES);
        parser.add(Resp.array(List.of(Bytes.utf8("MSET"), Bytes.utf8("a"), value, Bytes.utf8("b"), value)));

        assertThat(next()).isEqualTo(new Incoming.Refused("ERR the request is above the limit of 8388608 bytes"));
        assertThat(read(Resp.command("GET a"))).containsExactly("GET a");
    }

    @Test
    void aRequestOfTooManyWordsIsPassedOver() {
        assertThat(read(Resp.array(wordsOf(RespParser.MAX_WORDS)))).hasSize(1);

        parser.add(Resp.bytes(Resp.array(wordsOf(RespParser.MAX_WORDS + 1))));
        assertThat(next()).isEqualTo(new Incoming.Refused("ERR a request of 16385 words is above the limit of 16384"));
        assertThat(read("PING\r\n")).containsExactly("PING");
    }

    @Test
    void aLineOfTooManyWordsIsPassedOver() {
        parser.add(Resp.bytes("w ".repeat(RespParser.MAX_WORDS + 1) + "\r\nPING\r\n"));

        assertThat(next()).isInstanceOf(Incoming.Refused.class);
        assertThat(read("")).containsExactly("PING");
    }

    @Test
    void aHeaderAloneCostsNothing() {
        parser.add(Resp.bytes("*16384\r\n$4194304\r\n"));
        assertThat(parser.next()).isNull();
        assertThat(parser.heldBytes()).isZero();

        parser.add(new byte[1000]);
        assertThat(parser.next()).isNull();
        assertThat(parser.heldBytes()).isBetween(1000L, 2000L);
    }

    @Test
    void whatIsHeldIsAtMostTwiceWhatArrived() {
        parser.add(Resp.bytes("*2\r\n$4\r\nECHO\r\n$4194304\r\n"));
        long arrived = 0;
        while (parser.next() == null) {
            int size = (int) Math.min(7_777, Limits.MAX_VALUE_BYTES + 2 - arrived);
            byte[] chunk = new byte[size];
            arrived += size;
            if (arrived == Limits.MAX_VALUE_BYTES + 2) {
                chunk[size - 2] = '\r';
                chunk[size - 1] = '\n';
            }
            parser.add(chunk);
            assertThat(parser.heldBytes()).isLessThanOrEqualTo(2 * arrived + 64);
        }
        assertThat(parser.heldBytes()).isZero();
    }

    @Test
    void aRequestThatIsRefusedHalfwayIsPassedOverToItsEnd() {
        parser.add(Resp.bytes("*2\r\n$4\r\nECHO\r\n$10\r\nabc"));
        assertThat(parser.next()).isNull();
        parser.refuse("ERR enough");
        assertThat(parser.heldBytes()).isZero();

        parser.add(Resp.bytes("defghij\r\nPING\r\n"));
        assertThat(next()).isEqualTo(new Incoming.Refused("ERR enough"));
        assertThat(read("")).containsExactly("PING");
    }

    @Test
    void betweenRequestsThereIsNothingToRefuse() {
        parser.refuse("ERR enough");
        assertThat(read("PING\r\n")).containsExactly("PING");
    }

    private void assertBroken(String bytes, String problem) {
        var fresh = new RespParser();
        fresh.add(Resp.bytes(bytes));
        assertThat(fresh.next()).isEqualTo(new Incoming.Broken("ERR Protocol error: " + problem));
    }

    private Incoming next() {
        var found = parser.next();
        assertThat(found).isNotNull();
        return java.util.Objects.requireNonNull(found);
    }

    /** The requests of some bytes, each as its words with blanks between them. */
    private List<String> read(String bytes) {
        parser.add(Resp.bytes(bytes));
        var requests = new ArrayList<String>();
        for (var found = parser.next(); found != null; found = parser.next()) {
            var words = ((Incoming.Request) found).words();
            requests.add(String.join(" ", words.stream().map(Bytes::toUtf8).toList()));
        }
        return requests;
    }

    private static String[] wordsOf(int count) {
        var words = new String[count];
        java.util.Arrays.fill(words, "w");
        return words;
    }

    private static Bytes zeros(int count) {
        return Bytes.copyOf(new byte[count]);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\x01", "\u0001");
    }
}
