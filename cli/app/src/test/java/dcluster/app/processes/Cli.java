package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.Repository;
import dcluster.app.process.ClusterFolder;
import dcluster.app.process.Deletion;
import dcluster.app.process.Home;
import dcluster.app.process.LocalMachine;
import dcluster.app.process.Machine.Running;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Json;
import dcluster.spi.Member;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code bin/dcluster} as its users do, with the jar under test and its archive of classes, in a home of its own.
 * Closing it stops what still runs, removes the home, and fails if a command that should have done so has left
 * something behind.
 */
final class Cli implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Path SCRIPT = Repository.root().resolve("bin/dcluster");

    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static boolean prepared;

    private final Path folder;
    private final List<Member> seen = new ArrayList<>();

    /** With a new home. */
    Cli() {
        assertThat(jar()).exists();
        try {
            folder = Files.createTempDirectory("dcluster-it");
            Files.createDirectory(temporary());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        prepare();
    }

    /** Has the archive made, of which the command that does it tells. */
    private void prepare() {
        if (!prepared) {
            run("version").exits(0);
            prepared = true;
        }
    }

    /** What a command printed and with what code it ended. */
    record Result(int exit, String out, String err) {
        /** Fails, with all that it printed, unless the code is this one. */
        Result exits(int expected) {
            assertThat(exit).as("%s%n%s", out, err).isEqualTo(expected);
            return this;
        }

        /** The standard output as a JSON object. */
        Map<String, @Nullable Object> json() {
            return Json.object(out);
        }

        /** The lines of the standard output, each a JSON object. */
        List<Map<String, @Nullable Object>> lines() {
            return out.lines().map(Json::object).toList();
        }
    }

    /** The jar under test. */
    static Path jar() {
        return Path.of(Objects.requireNonNull(System.getProperty("dcluster.jar"), "run by mvn verify"));
    }

    Home home() {
        return new Home(folder.resolve("home"));
    }

    /** A folder that is removed at the end, for files of the test. */
    Path folder() {
        return folder;
    }

    /** Where commands make their temporary folders. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    /** The folder of a cluster. */
    ClusterFolder cluster(String name) {
        return home().cluster(name);
    }

    /** Runs a command to its end. */
    Result run(String... arguments) {
        return runWith(new byte[0], arguments);
    }

    /** Runs a command that reads these bytes, to its end. */
    Result runWith(byte[] input, String... arguments) {
        try {
            var process = launch(arguments);
            var out = read(process.getInputStream());
            var err = read(process.getErrorStream());
            try (var to = process.getOutputStream()) {
                new ByteArrayInputStream(input).transferTo(to);
            }
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(Arrays.toString(arguments) + " hangs:\n" + out.join() + err.join());
            }
            remember();
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a command, to be watched, killed or waited for by the test. */
    Process launch(String... arguments) throws IOException {
        var builder = new ProcessBuilder(command(arguments)).directory(folder.toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }

    /** The words of a command. */
    static List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Where commands are to work and how: most processes end before the second compiler would be worth its time. */
    Map<String, String> environment() {
        return Map.of(
                Home.VARIABLE,
                home().folder().toString(),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "DCLUSTER_BUILD",
                "no",
                "DCLUSTER_ARCHIVE",
                "now",
                "DCLUSTER_FLAGS",
                QUICK + " -Djava.io.tmpdir=" + temporary(),
                "DCLUSTER_NODE_FLAGS",
                QUICK);
    }

    /** Starts a cluster on free ports, which must succeed. */
    Cli start(String... arguments) {
        var all = new ArrayList<>(List.of("start", "--set", "port=0", "--wait", "60s"));
        all.addAll(List.of(arguments));
        run(all.toArray(String[]::new)).exits(0);
        return this;
    }

    /** The record of a node of the only cluster that there is. */
    ProcessRecord record(String node) {
        return home().clusters().get(0).records().stream()
                .filter(record -> record.id().equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** The state of each node as {@code status} tells it. */
    List<Map<String, @Nullable Object>> status() {
        return run("status", "-o", "ndjson").lines();
    }

    /** The processes that work in this home, the test's own commands included. */
    List<Running> processes() {
        return new LocalMachine()
                .processes().stream()
                        .filter(process -> process.commandLine().contains(folder.toString()))
                        .toList();
    }

    /** A file with this text, as an argument for a command. */
    String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** The text of a stream to its end; read while the process goes on, so that it is never blocked. */
    static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var text = new ByteArrayOutputStream();
                    try (stream) {
                        stream.transferTo(text);
                    } catch (IOException e) {
                        // Who destroys a process closes its streams, too: what came until then is its text.
                    }
                    return text.toString(StandardCharsets.UTF_8);
                },
                task -> new Thread(task, "reader").start());
    }

    /** Stops and removes everything with the commands that are for it, then looks whether anything is left. */
    @Override
    public void close() {
        remember();
        try {
            var stopped = run("stop", "--all");
            var removed = run("rm", "--all", "--yes");
            assertThat(processes()).as("processes left by %s", stopped).isEmpty();
            assertThat(home().clusters()).as("clusters left by %s", removed).isEmpty();
            assertThat(temporary().toFile().list()).as("temporary folders left").isEmpty();
        } finally {
            processes().forEach(new LocalMachine()::kill);
            Deletion.of(folder);
        }
        seen.forEach(Cli::assertFree);
    }

    private void remember() {
        home().clusters().forEach(cluster -> cluster.records().forEach(record -> seen.add(record.member())));
    }

    private static void assertFree(Member member) {
        for (int port : new int[] {member.clientPort(), member.peerPort(), member.adminPort()}) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(member.host(), port));
            } catch (IOException e) {
                throw new AssertionError("port " + port + " of " + member.id() + " is still in use", e);
            }
        }
    }
}
