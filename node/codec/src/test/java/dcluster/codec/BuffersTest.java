package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@link ByteWriter} and {@link ByteReader}. */
final class BuffersTest {
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        127,
        128,
        16_383,
        16_384,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    @Test
    void numbersComeBackFromTheirVarints() {
        var out = new ByteWriter(0);
        for (long number : NUMBERS) {
            out.writeVarLong(number);
            out.writeSignedVarLong(number);
        }
        var in = new ByteReader(out.toArray());
        for (long number : NUMBERS) {
            assertThat(in.readVarLong()).isEqualTo(number);
            assertThat(in.readSignedVarLong()).isEqualTo(number);
        }
        in.end();
    }

    @Test
    void varintsTakeAsManyBytesAsTheyNeed() {
        assertThat(hex(out -> out.writeVarLong(127))).isEqualTo("7f");
        assertThat(hex(out -> out.writeVarLong(128))).isEqualTo("8001");
        assertThat(hex(out -> out.writeVarLong(-1))).isEqualTo("ffffffffffffffffff01");
        assertThat(hex(out -> out.writeSignedVarLong(-1))).isEqualTo("01");
        assertThat(hex(out -> out.writeSignedVarLong(63))).isEqualTo("7e");
        assertThat(hex(out -> out.writeSignedVarLong(64))).isEqualTo("8001");
        assertThat(hex(out -> out.writeSignedVarLong(Long.MIN_VALUE))).isEqualTo("ffffffffffffffffff01");
    }

    @Test
    void otherFormsOfAVarintAreRefused() {
        for (String longer : new String[] {"8000", "ff00", "ffffffffffffffffff02", "8080808080808080808000"}) {
            assertThatThrownBy(() -> reader(longer).readVarLong())
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("varint");
        }
        assertThatThrownBy(() -> reader("ffff").readVarLong())
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("1 bytes expected, 0 left offset=2");
    }

    @Test
    void fixedNumbersAreBigEndian() {
        assertThat(hex(out -> out.writeInt(0x01020384))).isEqualTo("01020384");
        assertThat(hex(out -> out.writeLong(0x0102030405060788L))).isEqualTo("0102030405060788");
        assertThat(reader("fffefdfc").readInt()).isEqualTo(0xfffefdfc);
        assertThat(reader("80fefdfc80fefdfc").readLong()).isEqualTo(0x80fefdfc80fefdfcL);
    }

    @Test
    void roomThatWasLeftIsFilledLater() {
        var out = new ByteWriter(0);
        int start = out.skip(12);
        out.write(Bytes.utf8("after"));
        out.setInt(start, 7);
        out.setLong(start + 4, -2);
        assertThat(HexFormat.of().formatHex(out.toArray())).isEqualTo("00000007fffffffffffffffe6166746572");
    }

    @Test
    void aWriterGrowsAndForgets() {
        var out = new ByteWriter(0);
        var block = new byte[1_000];
        for (int i = 0; i < 100; i++) {
            out.write(block, 1, 999);
        }
        assertThat(out.size()).isEqualTo(99_900);
        out.truncate(5);
        assertThat(out.toArray()).hasSize(5);
        assertThatThrownBy(() -> out.truncate(6)).isInstanceOf(IndexOutOfBoundsException.class);
        out.clear(100);
        assertThat(out.size()).isZero();
        assertThat(out.array()).hasSize(100);
    }

    @Test
    void aReaderKeepsToItsPartOfTheArray() {
        var in = new ByteReader(new byte[] {9, 1, 2, 9}, 1, 2);
        assertThat(in.remaining()).isEqualTo(2);
        assertThat(in.readBytes(2)).isEqualTo(Bytes.copyOf(new byte[] {1, 2}));
        assertThat(in.offset()).isEqualTo(2);
        in.end();
        assertThatThrownBy(in::readByte).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> new ByteReader(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aCountIsNotMoreThanTheRestCanHold() {
        assertThat(reader("02 00000000").readCount(2)).isEqualTo(2);
        assertThatThrownBy(() -> reader("03 00000000").readCount(2))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("a count of 3 with 4 bytes left");
        assertThatThrownBy(() -> reader("ffffffffffffffffff01").readCount(0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("a count of 18446744073709551615");
    }

    @Test
    void bytesAreNotReadBeyondTheEndNorBackwards() {
        assertThatThrownBy(() -> reader("01").readBytes(2)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> reader("01").readBytes(-1)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> reader("01").end())
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("1 bytes too many offset=0");
    }

    private static String hex(Consumer<ByteWriter> write) {
        var out = new ByteWriter(0);
        write.accept(out);
        return HexFormat.of().formatHex(out.toArray());
    }

    private static ByteReader reader(String hex) {
        return new ByteReader(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
