package dcluster.app.member;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.LogReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
    private static final int BOUND = 1000;

    @TempDir
    private Path temporary = Path.of("");

    private Path file = Path.of("");
    private int written;

    @BeforeEach
    void name() {
        file = temporary.resolve("n1.log");
    }

    @Test
    void theLatestLinesAreKeptAndNoMoreThanTwoBounds() throws IOException {
        try (var log = open()) {
            for (int i = 0; i < 500; i++) {
                line(log);
                assertThat(Files.size(file)).isLessThan(BOUND + 20);
            }
        }
        assertThat(temporary).isDirectoryNotContaining("glob:**.new");
        assertThat(Files.size(LogReader.older(file))).isBetween((long) BOUND, BOUND + 20L);
        var kept = LogReader.ofAll(file).last(1000);
        assertThat(kept).isEqualTo(lines(500 - kept.size(), 500)).hasSizeGreaterThan(BOUND / 10);
        assertThat(LogReader.ofAll(file).last(3)).isEqualTo(lines(497, 500));
    }

    @Test
    void aReaderThatFollowsSeesEveryLineOnce() throws IOException {
        for (int pace = 1; pace < 90; pace += 7) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(LogReader.older(file));
            written = 0;
            var reader = new LogReader(file, 0);
            var seen = new ArrayList<String>();
            try (var log = open()) {
                for (int i = 1; i <= 600; i++) {
                    line(log);
                    if (i % pace == 0) {
                        readAll(reader, seen);
                    }
                }
            }
            readAll(reader, seen);
            assertThat(seen).as("read after %d lines each", pace).isEqualTo(lines(0, 600));
        }
    }

    @Test
    void aLogThatWasFullAlreadyBeginsAnew() throws IOException {
        Files.writeString(file, "x".repeat(BOUND) + "\n");
        try (var log = open()) {
            line(log);
        }
        assertThat(Files.readString(file)).isEqualTo("line 0\n");
        assertThat(LogReader.ofAll(file).last(9)).containsExactly("x".repeat(BOUND), "line 0");
    }

    @Test
    void whereTheOlderFileCannotBeMadeTheLogGoesOn() throws IOException {
        Files.createDirectories(LogReader.older(file).resolve("in the way"));
        try (var log = open()) {
            for (int i = 0; i < 300; i++) {
                line(log);
            }
        }
        assertThat(Files.readAllLines(file)).isEqualTo(lines(0, 300));
    }

    private OutputStream open() throws IOException {
        return new BoundedLog(new FileOutputStream(file.toFile(), true), file, BOUND);
    }

    private void line(OutputStream log) throws IOException {
        log.write(("line " + written++ + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    private static void readAll(LogReader reader, List<String> seen) {
        for (var lines = reader.next(); !lines.isEmpty(); lines = reader.next()) {
            seen.addAll(lines);
        }
    }
}
