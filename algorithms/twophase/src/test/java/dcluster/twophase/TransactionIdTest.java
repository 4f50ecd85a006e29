package dcluster.twophase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionIdTest {
    @Test
    void itIsReadAsItIsShown() {
        assertThat(new TransactionId(0x4f2a91c, 3, 17)).hasToString("04f2a91c-3-17");
        for (int log : List.of(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            var id = new TransactionId(log, Long.MAX_VALUE, 1);
            assertThat(TransactionId.parse(id.toString())).contains(id);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "--",
                "04f2a91c",
                "04f2a91c-3",
                "04f2a91c-3-17-1",
                "04f2a91c-3-",
                "04f2a91c--17",
                "xyz-3-17",
                "104f2a91c-3-17",
                "04f2a91c-x-17",
                "04f2a91c-3-99999999999999999999"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(TransactionId.parse(text)).isEmpty();
    }

    @Test
    void thoseOfOneLogAreInTheOrderInWhichTheyBegan() {
        assertThat(List.of(new TransactionId(1, 1, 2), new TransactionId(1, 1, 10), new TransactionId(1, 2, 1)))
                .isSorted();
    }
}
