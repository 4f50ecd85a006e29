package dcluster.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {
    @Test
    void everyKindOfReplyIsRead() throws IOException {
        var reader = reader("+OK\r\n-ERR no such thing\r\n:-12\r\n$3\r\na\r\n\r\n$-1\r\n*-1\r\n*2\r\n$0\r\n\r\n*0\r\n");
        assertThat(reader.read()).isEqualTo(new Reply.Simple("OK"));
        assertThat(reader.read()).isEqualTo(new Reply.ErrorLine("ERR no such thing"));
        assertThat(reader.read()).isEqualTo(new Reply.Whole(-12));
        assertThat(reader.read()).isEqualTo(new Reply.Bulk(Bytes.utf8("a\r\n")));
        assertThat(reader.read()).isEqualTo(new Reply.Nil());
        assertThat(reader.read()).isEqualTo(new Reply.Nil());
        assertThat(reader.read())
                .isEqualTo(new Reply.Many(List.of(new Reply.Bulk(Bytes.EMPTY), new Reply.Many(List.of()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+OK",
                "+OK\rX",
                "?\r\n",
                ":\r\n",
                ":1x\r\n",
                "$5\r\nabc\r\n",
                "$3\r\nabcXX",
                "$-2\r\n",
                "$99999999999\r\n",
                "*2\r\n:1\r\n",
                "*999999999\r\n",
                "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n"
            })
    void whatIsCutShortOrNoReplyEndsTheReading(String bytes) {
        assertThatThrownBy(() -> reader(bytes).read()).isInstanceOf(IOException.class);
    }

    @Test
    void aLineWithoutEndIsNotReadForEver() {
        assertThatThrownBy(() -> reader("+" + "x".repeat(100_000)).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("without an end");
    }

    private static RespReader reader(String bytes) {
        return new RespReader(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
