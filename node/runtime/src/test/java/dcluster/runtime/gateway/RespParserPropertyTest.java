package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However the bytes of some requests are cut, the same requests come out. */
class RespParserPropertyTest {
    private static final int SEEDS = 1_000;

    @Test
    void anyCutOfAnyRequestsYieldsTheRequests() {
        boolean cutInsideAWord = false;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var requests = requests(random);
            var bytes = encoded(random, requests).getBytes();
            var found = new ArrayList<List<Bytes>>();
            var parser = new RespParser();
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 3 : 200));
                parser.add(Arrays.copyOfRange(bytes, from, to));
                pull(parser, random, found);
                cutInsideAWord |= parser.heldBytes() > 0;
                from = to;
            }
            pullAll(parser, found);
            assertThat(found).as("seed " + seed).isEqualTo(requests);
            assertThat(parser.heldBytes()).as("held at the end, seed " + seed).isZero();
        }
        assertThat(cutInsideAWord).as("some cut fell into a word").isTrue();
    }

    @Test
    void everySingleCutOfAMixedStreamYieldsTheRequests() {
        var stream =
                Resp.bytes(Resp.array("SET", "key", "a\r\nb") + "PING\r\n" + Resp.array("", "x") + "GET \"k k\"\n");
        var expected = new ArrayList<List<Bytes>>();
        var whole = new RespParser();
        whole.add(stream.clone());
        pullAll(whole, expected);
        assertThat(expected).hasSize(4);
        for (int cut = 0; cut <= stream.length; cut++) {
            var parser = new RespParser();
            var found = new ArrayList<List<Bytes>>();
            parser.add(Arrays.copyOfRange(stream, 0, cut));
            pullAll(parser, found);
            parser.add(Arrays.copyOfRange(stream, cut, stream.length));
            pullAll(parser, found);
            assertThat(found).as("cut at " + cut).isEqualTo(expected);
        }
    }

    /** Pulls some of what is there, as a connection does that has to wait in the middle. */
    private static void pull(RespParser parser, Random random, List<List<Bytes>> found) {
        for (int i = random.nextInt(4); i > 0; i--) {
            var next = parser.next();
            if (next == null) {
                return;
            }
            found.add(((Incoming.Request) next).words());
        }
    }

    private static void pullAll(RespParser parser, List<List<Bytes>> found) {
        for (var next = parser.next(); next != null; next = parser.next()) {
            found.add(((Incoming.Request) next).words());
        }
    }

    private static List<List<Bytes>> requests(Random random) {
        var requests = new ArrayList<List<Bytes>>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            var words = new ArrayList<Bytes>();
            for (int j = random.nextInt(5); j >= 0; j--) {
                words.add(word(random));
            }
            requests.add(words);
        }
        return requests;
    }

    private static Bytes word(Random random) {
        byte[] word = new byte[random.nextInt(10) == 0 ? random.nextInt(600) : random.nextInt(6)];
        random.nextBytes(word);
        if (random.nextBoolean()) {
            for (int i = 0; i < word.length; i++) {
                word[i] = (byte) "\r\n$*0 ".charAt(Math.floorMod(word[i], 6));
            }
        }
        return Bytes.copyOf(word);
    }

    /** Each request as an array or as a line in double quotes, with things between them that ask for nothing. */
    private static Buffer encoded(Random random, List<List<Bytes>> requests) {
        var bytes = Buffer.buffer();
        for (var words : requests) {
            if (random.nextInt(5) == 0) {
                bytes.appendString(random.nextBoolean() ? "\r\n" : "*0\r\n");
            }
            if (random.nextInt(3) > 0) {
                bytes.appendBytes(Resp.array(words));
            } else {
                words.forEach(word -> bytes.appendString(quoted(word)).appendString(" "));
                bytes.appendString(random.nextBoolean() ? "\r\n" : "\n");
            }
        }
        return bytes;
    }

    private static String quoted(Bytes word) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < word.size(); i++) {
            text.append("\\x").append(HexFormat.of().toHexDigits(word.at(i)));
        }
        return text.append('"').toString();
    }
}
