package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.Repository;
import dcluster.app.process.Deletion;
import dcluster.app.process.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bin/dcluster} in a source tree of its own, where Maven is a script that copies the real jar. */
class ScriptIT {
    private static final String MAVEN = """
            #!/bin/sh
            echo "$*" >>"$PWD/../builds"
            [ ! -f "$PWD/../broken" ] || { cat "$PWD/../broken"; exit 1; }
            echo '[INFO] Reactor Build Order:'
            echo '[INFO] Building dcluster-spi 0.1.0                           [1/2]'
            echo 'Downloaded from central: https://repo.example/a.jar (1 kB at 1 kB/s)'
            echo '[INFO] Building dcluster-app 0.1.0                           [2/2]'
            sleep 0.5
            mkdir -p cli/app/target
            cp "$REAL_JAR" cli/app/target/dcluster.jar
            """;

    private Path folder = Path.of("");
    private Path tree = Path.of("");
    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createTempDirectory("dcluster-script");
        environment.put("REAL_JAR", Cli.jar().toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("DCLUSTER_ARCHIVE", "no");
        environment.put(Home.VARIABLE, folder.resolve("home").toString());
        plant("the tree");
    }

    private void plant(String name) throws IOException {
        tree = folder.resolve(name);
        for (var part : List.of("bin", "algorithms", "node", "cluster-configs", "cli/app/src/main/java", "tools")) {
            Files.createDirectories(tree.resolve(part));
        }
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        Files.writeString(source(), "final class Source {}");
        Files.copy(
                Repository.root().resolve("bin/dcluster"),
                tree.resolve("bin/dcluster"),
                StandardCopyOption.COPY_ATTRIBUTES);
        executable(tree.resolve("tools/mvn"), MAVEN);
        environment.put("PATH", tree.resolve("tools") + File.pathSeparator + System.getenv("PATH"));
    }

    @AfterEach
    void clear() {
        Deletion.of(folder);
    }

    @Test
    void theJarIsBuiltWhenItIsMissingOrOlderThanASource() throws Exception {
        assertThat(run("version").exits(0).err())
                .contains("dcluster: building dcluster-spi [1/2]\ndcluster: building dcluster-app [2/2]\n")
                .doesNotContain("\r", "Reactor");
        assertThat(Files.readString(tree.resolve("target/build.log"))).contains("Reactor");
        assertThat(run("version").exits(0).err()).isEmpty();
        assertThat(builds()).hasSize(1);

        Files.setLastModifiedTime(source(), FileTime.from(Instant.now().plusSeconds(1)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> Instant.now()
                        .isAfter(Files.getLastModifiedTime(source()).toInstant()));
        assertThat(run("version").exits(0).out()).contains("dcluster: 0.1.0", "vertx: 5");
        assertThat(builds()).hasSize(2).allMatch(line -> line.contains("-DskipTests") && line.contains("package"));

        Files.setLastModifiedTime(source(), FileTime.from(Instant.now().plusSeconds(9)));
        environment.put("DCLUSTER_BUILD", "no");
        run("version").exits(0);
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBuildThatFailsSaysWhy() throws Exception {
        Files.writeString(folder.resolve("broken"), "[ERROR] it does not compile\n");
        var failed = run("version").exits(70);
        assertThat(failed.err()).contains("it does not compile", "'mvn clean package' in", "build.log");

        Files.writeString(
                folder.resolve("broken"), "[ERROR] Could not transfer artifact a:b:1 from/to central: timed out\n");
        assertThat(run("version").exits(70).err()).contains("artifact a:b:1", "look at the network", "settings.xml");
        assertThat(tree.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void twoAtOnceBuildOnceAndALockWhoseOwnerIsDeadIsNoLock() throws Exception {
        Files.createDirectories(tree.resolve("target"));
        Files.writeString(tree.resolve("target/build.lock"), "999999999\n");
        var both = Stream.of(launch(command("version")), launch(command("version")))
                .toList();
        for (var process : both) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(builds()).hasSize(1);
        assertThat(tree.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void aLinkFromElsewhereWorks() throws Exception {
        var link = Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("some where")).resolve("dc"),
                Path.of("../the tree/bin/dcluster"));
        assertThat(finish(launch(List.of(link.toString(), "version"))).exits(0).out())
                .contains("dcluster: 0.1.0");
    }

    @Test
    void javaThatIsMissingOrTooOldIsTold() throws Exception {
        environment.put("JAVA_HOME", folder.resolve("nothing").toString());
        assertThat(run("version").exits(69).err()).contains("JAVA_HOME is", "17 or later");

        var old = Files.createDirectories(folder.resolve("old/bin"));
        executable(old.resolve("java"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("old/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");
        environment.put("JAVA_HOME", folder.resolve("old").toString());
        assertThat(run("version").exits(69).err()).contains("is Java 11.0.2; dcluster needs 17 or later");
    }

    @Test
    void argumentsThatAreNotAsciiArriveWhateverTheLocaleSays() throws Exception {
        for (var locale : List.of("C", "xx_XX.UTF-8", "C.UTF-8")) {
            environment.put("LC_ALL", locale);
            var shell = "'" + tree.resolve("bin/dcluster") + "' stop -N \"$(printf 'gr\\303\\266\\303\\237e')\"";
            var refused = finish(launch(List.of("sh", "-c", shell))).exits(64);
            assertThat(refused.err()).as(locale).contains("'größe' is not a name for a cluster");
        }
    }

    @Test
    void anArchiveIsMadeAfterABuildAndABrokenOneDoesNoHarm() throws Exception {
        // Java up to 17 at least archives no classes of a jar whose path has a blank in it.
        plant("tree");
        environment.remove("DCLUSTER_ARCHIVE");
        run("version").exits(0);
        try (var archives = Files.list(tree.resolve("cli/app/target/archive"))) {
            var archive = archives.toList();
            assertThat(archive).hasSize(1);
            assertThat(Files.size(archive.get(0))).isGreaterThan(1 << 20);
            environment.put("DCLUSTER_FLAGS", "-Xlog:class+load:file=classes");
            assertThat(run("version").exits(0).err()).isEmpty();
            assertThat(Files.readAllLines(folder.resolve("classes")).stream()
                            .filter(line -> line.contains("dcluster.app.Main ")))
                    .allMatch(line -> line.contains("shared objects file"))
                    .isNotEmpty();
            Files.delete(archive.get(0));
            Files.writeString(archive.get(0), "garbage");
        }
        environment.remove("DCLUSTER_FLAGS");
        var version = run("version").exits(0);
        assertThat(version.out()).contains("dcluster: 0.1.0");
        assertThat(version.err()).isEmpty();

        Deletion.of(tree.resolve("cli/app/target/archive"));
        environment.put("DCLUSTER_ARCHIVE", "now");
        assertThat(run("version").exits(0).err()).contains("preparing for quick starts");
        assertThat(tree.resolve("cli/app/target/archive")).isNotEmptyDirectory();
    }

    private Path source() {
        return tree.resolve("cli/app/src/main/java/Source.java");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds"));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(tree.resolve("bin/dcluster").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Cli.Result run(String... arguments) throws Exception {
        return finish(launch(command(arguments)));
    }

    private Process launch(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Cli.Result finish(Process process) throws InterruptedException {
        var out = Cli.read(process.getInputStream());
        var err = Cli.read(process.getErrorStream());
        // Against hanging only: the archive is made at low priority, which takes minutes while the machine is busy.
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return new Cli.Result(process.exitValue(), out.join(), err.join());
    }
}
