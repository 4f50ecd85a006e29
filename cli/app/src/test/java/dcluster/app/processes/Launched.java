package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that a test launched, with what it prints in two files. Closing kills it if it runs, and deletes them. */
record Launched(String command, Process process, Path out, Path err) implements AutoCloseable {
    static Launched of(ProcessBuilder builder) {
        try {
            var out = Files.createTempFile("dcluster-it", ".out");
            var err = Files.createTempFile("dcluster-it", ".err");
            builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            return new Launched(String.join(" ", builder.command()), builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    Ended ended() {
        try {
            assertThat(process.waitFor(Until.PATIENCE.toSeconds() * 2, TimeUnit.SECONDS))
                    .as("%s has ended; its log:%n%s", command, log())
                    .isTrue();
            return new Ended(command, process.exitValue(), Files.readString(out), log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it printed on its standard error so far: of a node, its log. */
    String log() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
