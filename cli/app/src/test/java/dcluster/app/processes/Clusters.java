package dcluster.app.processes;

import dcluster.app.process.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The clusters of a test, or of all tests of a class if this is registered in a static field: in a home of their own,
 * ended and removed with it, and then nothing may be left of them. After a failure the ends of their logs are shown,
 * and whole copies stay in {@code target/failed-processes}.
 */
final class Clusters
        implements BeforeAllCallback,
                AfterEachCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final Path COPIES = Path.of("target", "failed-processes");

    private final List<TestCluster> started = new ArrayList<>();
    private final List<Launched> launched = new ArrayList<>();
    private @Nullable Cli cli;
    private boolean ofClass;

    /** Runs commands in the home. */
    Cli cli() {
        if (cli == null) {
            cli = new Cli();
        }
        return cli;
    }

    /** Starts a cluster; {@code arguments} are those of {@code start}. */
    TestCluster start(String name, String... arguments) {
        var cluster = TestCluster.start(cli(), name, arguments);
        started.add(cluster);
        return cluster;
    }

    /** Launches a command in the foreground; it is killed at the end, should it still run. */
    Launched launch(String... arguments) {
        return launch(List.of(), arguments);
    }

    /** As {@link #launch(String...)}, with words before the command line. */
    Launched launch(List<String> wrapper, String... arguments) {
        return remembered(Launched.ofCommand(cli(), wrapper, List.of(arguments)));
    }

    /**
     * As {@link #launch(List, String...)}, of a member that is told to begin. Its home is another one: in that of its
     * cluster it would be remembered.
     */
    Launched launchNew(List<String> wrapper, String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.add("--bootstrap");
        var elsewhere = new ArrayList<>(List.of("env", Home.VARIABLE + "=" + folder("elsewhere")));
        elsewhere.addAll(wrapper);
        return remembered(Launched.ofCommand(cli(), elsewhere, words));
    }

    /** A new folder, which is removed at the end. */
    Path folder(String prefix) {
        try {
            return Files.createTempDirectory(cli().folder(), prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Launches a program of the system. */
    Launched tool(List<String> command) {
        return remembered(Launched.of(cli(), command));
    }

    private Launched remembered(Launched process) {
        launched.add(process);
        return process;
    }

    // When there was a failure

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        show(context);
        throw failure;
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        show(context);
        throw failure;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        show(context);
        throw failure;
    }

    private void show(ExtensionContext context) throws IOException {
        var copies = COPIES.resolve(context.getRequiredTestClass().getSimpleName() + "."
                + context.getTestMethod().map(Method::getName).orElse("start"));
        Files.createDirectories(copies);
        System.err.println(
                "-Ddcluster.seed=" + Seed.VALUE + " repeats the choices of this test, which failed; copies of its"
                        + " logs stay in " + copies + ", the home was " + cli().folder());
        for (var cluster : started) {
            for (var member : cluster.members()) {
                Files.writeString(copies.resolve(cluster.name() + "-" + member.id() + ".log"), member.log());
                System.err.println(tail(cluster.name() + ", " + member.id(), member.log()));
            }
        }
        launched.forEach(process -> System.err.println(tail("launched", process.log())));
    }

    private static String tail(String title, String log) {
        var lines = log.lines().toList();
        var last = lines.subList(Math.max(0, lines.size() - 40), lines.size());
        return "--- the end of the log of " + title + "\n    " + String.join("\n    ", last);
    }

    // The end

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass = true;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofClass) {
            end();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    private void end() {
        var ending = cli;
        if (ending == null) {
            return;
        }
        try (ending) {
            launched.forEach(Launched::close);
            started.forEach(TestCluster::close);
        } finally {
            launched.clear();
            started.clear();
            cli = null;
        }
    }
}
