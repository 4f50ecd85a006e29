package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.simulate.ForgetfulNone;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Json;
import dcluster.spi.AlgorithmProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code dcluster simulate --mutants}. */
class MutantsOptionTest {
    @TempDir
    private Path home = Path.of("");

    private TestSession session = new TestSession();

    /** A plugin of {@link ForgetfulNone}, compiled into a package that is nowhere else. */
    private Path jar() throws IOException {
        var source = Path.of("src/test/java/dcluster/app/simulate/ForgetfulNone.java");
        var moved = Files.writeString(
                home.resolve("ForgetfulNone.java"),
                Files.readString(source).replace("package dcluster.app.simulate;", "package mutant;"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-nowarn", "-d", home.toString(), moved.toString());
        assertThat(compiled).isZero();
        var jar = home.resolve("mutants.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var classes = Files.list(home.resolve("mutant"))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + AlgorithmProvider.class.getName()));
            out.write("mutant.ForgetfulNone\n".getBytes(StandardCharsets.UTF_8));
            for (var each : classes.sorted().toList()) {
                out.putNextEntry(new JarEntry("mutant/" + each.getFileName()));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    private int hunt(Path jar, String... more) {
        var words = new ArrayList<>(List.of("--mutants", jar.toString(), "--seeds", "1..3", "--threads", "1"));
        words.addAll(List.of(more));
        return simulate(words);
    }

    private int simulate(List<String> words) {
        session = new TestSession(home);
        return new CommandLine(new SimulateCommand(session.session()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    throw e;
                })
                .execute(words.toArray(String[]::new));
    }

    @Test
    void aTableTellsWhatCaughtEachMutantAndAfterHowManySeeds() throws IOException {
        assertThat(hunt(jar(), "-n", "1")).isEqualTo(Exit.OK);
        var lines = session.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("MUTANT +CAUGHT BY +AFTER SEEDS");
        assertThat(lines.get(1)).matches("forgetful-none +Recovery +[0-9]+");
    }

    @Test
    void jsonTellsWhatIsWrongAndWhatWasSeenOfItToo() throws IOException {
        assertThat(hunt(jar(), "-n", "1", "-o", "json")).isEqualTo(Exit.OK);
        var row = session.out().replaceAll("\\s+", " ").replace(" : ", ": ");
        assertThat(row)
                .contains(
                        "\"mutant\": \"forgetful-none\"",
                        "\"caughtBy\": \"Recovery\"",
                        "\"what\": \"the journal of n1 makes ",
                        "\"flaw\": \"" + ForgetfulNone.FLAW + "\"")
                .containsPattern("\"afterSeeds\": [1-3],")
                .containsPattern("\"seed\": [1-3],");
    }

    @Test
    void aProgramIsToldTheShortestScheduleAndACommandThatReplaysItAnywhere() throws IOException {
        var jar = jar().toAbsolutePath();
        var near = Path.of("").toAbsolutePath().relativize(jar);
        var words = List.of("-a", "forgetful-none", "-n", "1", "--plugin", near.toString(), "--seeds", "1..3");
        var more = new ArrayList<>(words);
        more.addAll(List.of("--threads", "1", "-o", "ndjson"));
        assertThat(simulate(more)).isEqualTo(Exit.NO);
        var json = Json.object(session.out());
        assertThat(String.valueOf(json.get("broken"))).contains("--plugin " + jar + " ");
        var shortest = (Map<?, ?>) Objects.requireNonNull(json.get("shortest"));
        assertThat(shortest.keySet().toString())
                .isEqualTo("[file, nodes, faults, questions, disturbances, events, complete]");
        assertThat(shortest.get("nodes")).isEqualTo(1L);
        var file = Path.of(String.valueOf(shortest.get("file")));
        assertThat(file).isAbsolute().hasParent(home.resolve(".schedules"));
        assertThat(simulate(List.of(
                        "-a",
                        "forgetful-none",
                        "--plugin",
                        jar.toString(),
                        "--scenario",
                        file.toString(),
                        "-o",
                        "ndjson")))
                .isEqualTo(Exit.NO);
    }
}
