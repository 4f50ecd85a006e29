package dcluster.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    @TempDir
    private Path temporary = Path.of("");

    private Path log = Path.of("");

    @BeforeEach
    void name() {
        log = temporary.resolve("n1.log");
    }

    @Test
    void linesAreReadAsTheyAreCompleted() throws IOException {
        var reader = new LogReader(log, 0);
        assertThat(reader.next()).isEmpty();
        write("one\ntw");
        assertThat(reader.next()).containsExactly("one");
        assertThat(reader.next()).isEmpty();
        write("o\nthree\n");
        assertThat(reader.next()).containsExactly("two", "three");
    }

    @Test
    void aLineMayBeLongerThanAPiece() throws IOException {
        var reader = new LogReader(log, 0);
        write("x".repeat(200_000) + "ü\n");
        assertThat(reader.next()).containsExactly("x".repeat(200_000) + "ü");
    }

    @Test
    void theLastLinesAreThoseOfThisRunAndTheUnfinishedOneCounts() throws IOException {
        write("before\n");
        long from = LogReader.size(log);
        write("a\nb\nc\ncut");
        assertThat(LogReader.last(3, log, from)).containsExactly("b", "c", "cut");
        assertThat(LogReader.last(9, log, from)).containsExactly("a", "b", "c", "cut");
        assertThat(LogReader.last(3, temporary.resolve("none"), 0)).isEmpty();
    }

    @Test
    void aLogThatIsShorterThanTheOffsetIsReadFromItsBeginning() throws IOException {
        write("anew\n");
        assertThat(LogReader.last(3, log, 5000)).containsExactly("anew");
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
