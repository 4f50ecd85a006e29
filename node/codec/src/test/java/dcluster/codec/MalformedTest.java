package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dcluster.spi.Command;
import dcluster.spi.DurationRange;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Bytes that are no value: what is wrong is said, and where. */
final class MalformedTest {
    @Test
    void aTagThatIsNoneIsRefused() {
        assertMalformed(Response.class, "04", "type 4 of 4", 1);
        assertMalformed(Response.class, "ffffffffffffffffff01", "type 18446744073709551615 of 4", 10);
    }

    @Test
    void inputThatEndsTooEarlyIsRefused() {
        assertMalformed(Response.class, "", "1 bytes expected, 0 left", 0);
        assertMalformed(Response.class, "03 05 6162", "a count of 5 with 2 bytes left", 2);
    }

    @Test
    void aSecondFormOfAValueIsRefused() {
        assertMalformed(Nasty.Boxes.class, "02", "a truth value is 0 or 1, not 2", 1);
        assertMalformed(Nasty.Boxes.class, "01 8000", "not in its shortest form", 3);
        assertMalformed(Nasty.Void0.class, "01", "a record without components is 0", 1);
    }

    @Test
    void aNumberBeyondItsTypeIsRefused() {
        assertMalformed(Nasty.Boxes.class, "01 8080808010", "beyond the range of an int: 2147483648", 6);
        assertMalformed(Nasty.Numbers.class, "00 808004", "beyond the range of a short: 32768", 4);
    }

    @Test
    void aConstantThatIsNoneIsRefused() {
        assertMalformed(Nasty.Both.class, "02", "constant 2 of 2", 1);
        assertMalformed(Nasty.Both.class, "ffffffffffffffffff01", "constant 18446744073709551615 of 2", 10);
    }

    @Test
    void aTextThatIsNotUtf8IsRefused() {
        for (String hex : List.of("02 c080", "01 ff", "03 eda080", "02 61c3")) {
            assertMalformed(CodecTest.Text.class, hex, "a text is not UTF-8", 1);
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertMalformed(CodecTest.Sender.class, "00", "a node's name", 1);
        assertMalformed(CodecTest.Sender.class, "01 2d", "a node's name", 2);
        assertMalformed(CodecTest.Sender.class, "21" + "61".repeat(33), "a node's name of 33 bytes", 1);
    }

    @Test
    void aKeyThatComesTwiceIsRefused() {
        assertMalformed(CodecTest.Ordered.class, "02 0161 02 0161 04", "a map has a key twice", 7);
    }

    @Test
    void nanosecondsOfMoreThanASecondAreRefused() {
        assertMalformed(DurationRange.class, "00 8094ebdc03", "nanoseconds", 6);
        assertMalformed(DurationRange.class, "00 ffffffffffffffffff01", "nanoseconds", 11);
    }

    @Test
    void whatAConstructorRefusesIsMalformedInWhateverWayItRefuses() {
        assertRefused("02 00 01 00", IllegalArgumentException.class, "too small a divisor: 1");
        assertRefused("00 00 01 00", ArithmeticException.class, "by zero");
        assertRefused("04 00 03 000000", IndexOutOfBoundsException.class, "Index 3");
        assertRefused("04 01 0e 01 00", NullPointerException.class, "");
        assertRefused("04 00 00", NoSuchElementException.class, "");
        assertRefused("04 00 01 01", IllegalStateException.class, "not negative");
    }

    private static void assertRefused(String hex, Class<? extends Throwable> cause, String message) {
        assertThat(malformed(Nasty.Picky.class, hex))
                .hasMessageContaining("refused by a constructor")
                .hasMessageContaining(message)
                .hasMessageEndingWith(" offset=" + hex.replace(" ", "").length() / 2)
                .hasCauseInstanceOf(cause);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        byte[] each = HexFormat.of().parseHex("0201".repeat(1_000_000));
        var malformed = malformed(Result.class, each);
        assertThat(malformed).hasMessageContaining("nested more than 64 deep");
        assertThat(malformed.offset()).isEqualTo(2 * Codec.MAX_DEPTH);
        assertThat(malformed(Nasty.Tree.class, HexFormat.of().parseHex("0001".repeat(100_000))))
                .hasMessageContaining("nested more than 64 deep");
    }

    @Test
    void aTableWhoseRowsAreOfAnotherWidthIsRefused() {
        byte[] narrow = HexFormat.of().parseHex("06" + "02" + "0161" + "0162" + "01" + "01" + "0163");
        assertThat(malformed(Result.class, narrow)).hasMessageContaining("columns=2 row=1");
        assertThat(malformed(Result.class, HexFormat.of().parseHex("060000")))
                .hasMessageContaining("a table has a column");
    }

    @Test
    void anOperationInATransactionIsRefused() {
        byte[] bytes = HexFormat.of().parseHex("0e" + "01" + "09" + "00" + "00" + "00");
        assertThat(malformed(Command.class, bytes)).hasMessageContaining("no operation");
    }

    @Test
    void aSessionInASessionIsRefusedAndSoIsWhatIsBelowOne() {
        byte[] nested = HexFormat.of().parseHex("05" + "02" + "02" + "05" + "02" + "02" + "04" + "016b");
        assertThat(malformed(Command.class, nested)).hasMessageContaining("commands on keys alone");
        byte[] zero = HexFormat.of().parseHex("05" + "00" + "02" + "04" + "016b");
        assertThat(malformed(Command.class, zero)).hasMessageContaining("from 1");
    }

    @Test
    void countsInCountsCannotClaimTheSameBytesAgain() {
        int size = 1 << 20;
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) 1);
        // At each of 64 levels a list that says it is almost as long as all the rest.
        int at = 0;
        for (int level = 0; level < Codec.MAX_DEPTH; level++) {
            var list = new ByteWriter(8);
            list.writeByte(2);
            list.writeVarLong(size - 1_000);
            System.arraycopy(list.array(), 0, bytes, at, list.size());
            at += list.size();
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        malformed(Result.class, bytes);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(malformed(Result.class, bytes)).hasMessageContaining("of them claimed");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10L * size);
    }

    @Test
    void aRecordOfNothingCannotBeCountedForNothing() {
        assertMalformed(Nasty.Containers.class, "00 00 ffffffff07", "a count of 2147483647", 7);
    }

    private static void assertMalformed(Class<?> type, String hex, String reason, long offset) {
        var malformed = malformed(type, hex);
        assertThat(malformed).hasMessageContaining(reason).hasMessageEndingWith(" offset=" + offset);
        assertThat(malformed.offset()).isEqualTo(offset);
    }

    private static MalformedMessageException malformed(Class<?> type, String hex) {
        return malformed(type, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static MalformedMessageException malformed(Class<?> type, byte[] bytes) {
        return catchThrowableOfType(
                MalformedMessageException.class, () -> Codec.of(type).decode(new ByteReader(bytes)));
    }
}
