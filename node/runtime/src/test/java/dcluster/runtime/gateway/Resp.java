package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests as clients write them. Texts stand for bytes, a character a byte. */
final class Resp {
    private Resp() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** An array of bulk strings. */
    static String array(String... words) {
        var request = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            request.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        return request.toString();
    }

    static byte[] array(List<Bytes> words) {
        var request = Buffer.buffer("*" + words.size() + "\r\n");
        for (var word : words) {
            request.appendString("$" + word.size() + "\r\n")
                    .appendBytes(word.toArray())
                    .appendString("\r\n");
        }
        return request.getBytes();
    }

    /** Words parted by single blanks, as an array. */
    static String command(String line) {
        return array(line.split(" ", -1));
    }
}
