package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that a test launched itself, to watch it: what it prints goes to a file. Closing kills it. */
record Launched(Process process, Path file) implements AutoCloseable {
    /**
     * A command in the foreground. {@code wrapper} is put before it, as {@code sh -c "...; exec "$@"" sh}.
     */
    static Launched ofCommand(Cli cli, List<String> wrapper, List<String> arguments) {
        var command = new ArrayList<>(wrapper);
        command.addAll(Cli.command(arguments.toArray(String[]::new)));
        return of(cli, command);
    }

    /** Any command, in the folder and with the home of {@code cli}. */
    static Launched of(Cli cli, List<String> command) {
        try {
            var file = Files.createTempFile(cli.folder(), "launched", ".log");
            var builder = new ProcessBuilder(command)
                    .directory(cli.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(Redirect.to(file.toFile()));
            builder.environment().putAll(cli.environment());
            return new Launched(builder.start(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end, demands its exit code, and returns all that it printed. */
    String ends(int exit) {
        assertThat(end()).as(log()).isEqualTo(exit);
        return log();
    }

    /** Waits for its end, and returns its exit code. */
    int end() {
        try {
            assertThat(process.waitFor(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it has ended:%n%s", log())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** What it printed so far. */
    String log() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String text) {
        Until.holds("its log says '" + text + "'", () -> log().contains(text));
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
