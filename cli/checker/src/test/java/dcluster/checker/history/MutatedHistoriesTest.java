package dcluster.checker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were damaged at random: each is a history, or is refused with its line, and nothing else happens. {@code
 * -Ddcluster.checker.histories} sets how many.
 */
class MutatedHistoriesTest {
    private static final int FILES = Integer.getInteger("dcluster.checker.histories", 3_000);

    private static final List<String> LINES = List.of(
            "{\"process\":3,\"type\":\"invoke\",\"f\":\"write\",\"key\":\"r\",\"value\":4,\"time\":1}",
            "{\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"kill\",\"value\":{\"at\":[1.5,\"n1\"]},\"time\":1}",
            "{\"process\":3,\"type\":\"ok\",\"f\":\"write\",\"key\":\"r\",\"value\":4,\"time\":2,\"node\":\"n1\"}",
            "{\"process\":4,\"type\":\"invoke\",\"f\":\"cas\",\"key\":\"r\",\"value\":[4,\"\u00e4\\u0041\"],\"time\":3}",
            "{\"process\":3,\"type\":\"invoke\",\"f\":\"txn\",\"value\":[[\"r\",1,null]],\"time\":4}",
            "{\"process\":4,\"type\":\"ok\",\"f\":\"cas\",\"key\":\"r\",\"value\":[4,\"\u00e4A\"],\"applied\":false,\"time\":5}",
            "{\"process\":3,\"type\":\"ok\",\"f\":\"txn\",\"value\":[[\"r\",1,[9]]],\"time\":6}");

    /** What means something to a reader. */
    private static final String SIGNS = "{}[]\",:\\\n\0e-9 \u00ff";

    private int read;
    private int refused;

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text);
        }
        return bytes.toByteArray();
    }

    private void take(InputStream in, String name, long seed) {
        try {
            HistoryReader.read(in, name);
            read++;
        } catch (IOException e) {
            refused++;
            assertThat(e)
                    .as("seed %s", seed)
                    .isInstanceOf(BadHistoryException.class)
                    .hasMessageMatching("(?s)" + name + ":[1-9][0-9]*: .+");
        }
    }

    private void requireBoth() {
        assertThat(read).isGreaterThan(FILES / 100);
        assertThat(refused).isGreaterThan(FILES / 100);
    }

    /** Of seeds that follow each other, the first numbers would follow each other, too. */
    private static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    private static void flip(byte[] bytes, Random random) {
        for (int change = random.nextInt(4); change >= 0; change--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    @Test
    void bytesThatAreFlipped() {
        for (long seed = 0; seed < FILES; seed++) {
            var bytes = bytes(LINES);
            flip(bytes, random(seed));
            take(new ByteArrayInputStream(bytes), "h", seed);
        }
        requireBoth();
    }

    @Test
    void bytesThatAreAnything() {
        for (long seed = 0; seed < FILES; seed++) {
            var random = random(seed);
            var bytes = bytes(LINES);
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) SIGNS.charAt(random.nextInt(SIGNS.length()));
            }
            take(new ByteArrayInputStream(bytes), "h", seed);
        }
        requireBoth();
    }

    @Test
    void linesThatAreCutSwappedDoubledAndLost() {
        for (long seed = 0; seed < FILES; seed++) {
            var random = random(seed);
            var lines = new ArrayList<>(LINES);
            for (int change = random.nextInt(2); change >= 0; change--) {
                int at = random.nextInt(lines.size());
                var line = lines.get(at);
                switch (random.nextInt(4)) {
                    case 0 -> lines.set(at, line.substring(random.nextInt(line.length())));
                    case 1 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                    case 2 -> lines.add(random.nextInt(lines.size()), line);
                    default -> lines.remove(at);
                }
            }
            take(new ByteArrayInputStream(bytes(lines)), "h", seed);
        }
        requireBoth();
    }

    @Test
    void zipsThatAreCutAndFlipped() throws IOException {
        var whole = zipped(bytes(LINES));
        for (long seed = 0; seed < FILES; seed++) {
            var random = random(seed);
            var bytes = Arrays.copyOf(whole, random.nextInt(2) == 0 ? whole.length : 1 + random.nextInt(whole.length));
            if (random.nextInt(3) > 0) {
                flip(bytes, random);
            }
            take(new ByteArrayInputStream(bytes), "h", seed);
        }
        requireBoth();
    }

    // What is small on a disk and large in memory

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "9", " ", "[],"})
    void aLineWithoutEndIsRefusedAndNotHeld(String piece, @TempDir Path folder) throws IOException {
        var begin = "{\"process\":1,\"type\":\"invoke\",\"f\":\"write\",\"time\":1,\"value\":[";
        var file = folder.resolve("bomb.gz");
        try (var zip = new GZIPOutputStream(Files.newOutputStream(file))) {
            zip.write(begin.getBytes(StandardCharsets.UTF_8));
            var much = piece.repeat((1 << 20) / piece.length()).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 17; i++) {
                zip.write(much);
            }
        }
        assertThat(Files.size(file)).isLessThan(400_000);
        assertThatThrownBy(() -> HistoryReader.read(file))
                .isInstanceOf(BadHistoryException.class)
                .hasMessage(file + ":1: longer than " + Lines.LONGEST + " bytes");
    }

    @Test
    void whatIsToldOfALongLineIsShort() {
        var line = LINES.get(0).replace("\"write\"", "\"" + "w".repeat(1 << 20) + "\"") + "\n";
        assertThatThrownBy(
                        () -> HistoryReader.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), "h"))
                .hasMessageStartingWith("h:1: unknown function \"www")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }
}
