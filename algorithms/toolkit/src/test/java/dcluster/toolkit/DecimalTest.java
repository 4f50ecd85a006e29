package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.toolkit.testing.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9, 10, -10, 123_456_789, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1})
    void aNumberAsItIsWrittenIsRead(long number) {
        assertThat(Decimal.parse(Bytes.utf8(Long.toString(number)))).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "01",
                "-0",
                "00",
                "-01",
                " 1",
                "1 ",
                "1\n",
                "1.0",
                "1e3",
                "0x1",
                "a",
                "--1",
                "1-",
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551616",
                "99999999999999999999",
                "100000000000000000000000000000000000000",
                "\u0661"
            })
    void whatIsWrittenOtherwiseIsNot(String text) {
        assertThat(Decimal.parse(Bytes.utf8(text))).isEmpty();
    }

    @Test
    void everyLongIsReadBack() {
        Seeds.check(2_000, random -> {
            long number = random.nextLong() >> random.nextInt(64);
            assertThat(Decimal.parse(Bytes.utf8(Long.toString(number)))).hasValue(number);
        });
    }
}
