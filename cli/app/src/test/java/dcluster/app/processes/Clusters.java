package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.Deletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The clusters of a test, or of all tests of a class if this is registered in a static field: in a home of their own, ended
 * and removed with it. After a failure their logs are shown, and the home stays.
 */
final class Clusters
        implements BeforeAllCallback,
                AfterEachCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private final List<TestCluster> started = new ArrayList<>();
    private final List<Launched> launched = new ArrayList<>();
    private @Nullable Cli cli;
    private boolean ofClass;
    private boolean failed;

    Cli cli() {
        if (cli == null) {
            try {
                cli = new Cli(Files.createTempDirectory("dcluster-it").toRealPath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return cli;
    }

    Path home() {
        return cli().home();
    }

    /** Starts a cluster; {@code arguments} are those of {@code start}. */
    TestCluster start(String name, String... arguments) {
        var cluster = TestCluster.start(cli(), name, arguments);
        started.add(cluster);
        return cluster;
    }

    /** Launches a process that is killed at the end, should it still run. */
    Launched launch(List<String> command) {
        var process = cli().launch(command);
        launched.add(process);
        return process;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass = true;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        show(failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        show(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        show(failure);
    }

    private void show(Throwable failure) throws Throwable {
        failed = true;
        System.err.println(
                "the home " + home() + " stays for whoever looks into this failure: " + failure.getMessage());
        started.forEach(cluster -> System.err.println(cluster.tails()));
        launched.forEach(process -> System.err.println("--- " + process.command() + "\n" + process.log()));
        throw failure;
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
        launched.forEach(Launched::close);
        launched.clear();
        started.forEach(TestCluster::close);
        started.clear();
        if (failed || cli == null) {
            return;
        }
        assertThat(home()).isDirectoryNotContaining(path -> !isExpected(path));
        Deletion.of(home());
        assertThat(Objects.requireNonNull(cli).home()).doesNotExist();
        cli = null;
    }

    /** Locks of all clusters, and what the test itself put there. */
    private static boolean isExpected(Path path) {
        var name = path.getFileName().toString();
        return name.endsWith(".lock") || name.equals("plugins") || name.equals("test");
    }
}
