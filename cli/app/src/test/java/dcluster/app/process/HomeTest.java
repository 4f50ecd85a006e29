package dcluster.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
    @TempDir
    private Path temporary = Path.of("");

    @Test
    void theEnvironmentMovesIt() {
        assertThat(Home.of(Map.of(Home.VARIABLE, "/a/../b")).folder()).isEqualTo(Path.of("/b"));
        assertThat(Home.of(Map.of()).folder().getFileName()).isEqualTo(Path.of(".dcluster"));
        assertThat(Home.of(Map.of(Home.VARIABLE, " ")).folder().getFileName()).isEqualTo(Path.of(".dcluster"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "-a", "plugins", "ä", "a234567890123456789012345678901234"})
    void whatWouldLeadElsewhereIsNoName(String name) {
        assertThatThrownBy(() -> new Home(temporary).cluster(name))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is not a name for a cluster");
    }

    @Test
    void onlyFoldersWithAResolvedFileAreClusters() throws IOException {
        var home = new Home(temporary);
        Files.createDirectories(temporary.resolve("half/processes"));
        Files.createDirectories(temporary.resolve("plugins"));
        Files.writeString(temporary.resolve("file"), "");
        home.cluster("b").create("");
        home.cluster("a").create("");
        assertThat(home.clusters()).extracting(ClusterFolder::name).containsExactly("a", "b");
    }

    @Test
    void aMissingHomeHasNothing() {
        var home = new Home(temporary.resolve("missing"));
        assertThat(home.clusters()).isEmpty();
        assertThat(home.plugins()).isEmpty();
    }

    @Test
    void jarsInItsPluginsAreFound() throws IOException {
        Files.createDirectories(temporary.resolve("plugins"));
        Files.writeString(temporary.resolve("plugins/b.jar"), "");
        Files.writeString(temporary.resolve("plugins/a.jar"), "");
        Files.writeString(temporary.resolve("plugins/readme.txt"), "");
        assertThat(new Home(temporary).plugins())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("a.jar", "b.jar");
    }

    @Test
    void aDeletionDoesNotFollowLinks() throws IOException {
        var outside = Files.writeString(temporary.resolve("outside"), "stays");
        var folder = Files.createDirectories(temporary.resolve("folder/inner"));
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createSymbolicLink(folder.resolve("broken"), Path.of("nowhere"));
        Deletion.of(temporary.resolve("folder"));
        assertThat(temporary.resolve("folder")).doesNotExist();
        assertThat(outside).hasContent("stays");
        Deletion.of(temporary.resolve("folder"));
    }

    @Test
    void oneClusterIsChangedByOneAtATimeAndOthersMeanwhile() throws Exception {
        var home = new Home(temporary);
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> HomeLock.forCluster(home, "a", () -> {
            held.countDown();
            return await(release);
        }));
        held.await();
        assertThat(HomeLock.forCluster(home, "b", () -> "at once")).isEqualTo("at once");
        assertThat(HomeLock.forPorts(home, () -> "at once")).isEqualTo("at once");
        var second = CompletableFuture.supplyAsync(() -> HomeLock.forCluster(home, "a", () -> "after"));
        assertThat(second).isNotDone();
        release.countDown();
        assertThat(second.join()).isEqualTo("after");
        assertThat(first.join()).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
