package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.simulate.HastyNone;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.AlgorithmProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code dcluster simulate --mutants}. */
class MutantsOptionTest {
    @TempDir
    private Path home = Path.of("");

    private TestSession session = new TestSession();

    /** A plugin of these providers, whose classes are on the class path of this test. */
    private Path jar(Class<?>... providers) throws IOException {
        var jar = home.resolve("mutants.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + AlgorithmProvider.class.getName()));
            for (var provider : providers) {
                out.write((provider.getName() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private int hunt(Path jar, String... more) {
        session = new TestSession(home);
        var words = new ArrayList<>(List.of("--mutants", jar.toString(), "--seeds", "1..12", "--threads", "1"));
        words.addAll(List.of(more));
        return new CommandLine(new SimulateCommand(session.session()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    throw e;
                })
                .execute(words.toArray(String[]::new));
    }

    @Test
    void aTableTellsWhatCaughtEachMutantAndAfterHowManySeeds() throws IOException {
        assertThat(hunt(jar(HastyNone.class), "-n", "1")).isEqualTo(Exit.OK);
        var lines = session.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("MUTANT +CAUGHT BY +AFTER SEEDS");
        assertThat(lines.get(1)).matches("hasty-none +Linearizability +[0-9]+");
    }

    @Test
    void jsonTellsWhatIsWrongAndWhatWasSeenOfItToo() throws IOException {
        assertThat(hunt(jar(HastyNone.class), "-n", "1", "-o", "json")).isEqualTo(Exit.OK);
        assertThat(session.out().replaceAll("\\s+", " "))
                .containsPattern(
                        "\"mutant\": ?\"hasty-none\", ?\"caughtBy\": ?\"Linearizability\", ?\"afterSeeds\": ?[0-9]+,"
                                + " ?\"seed\": ?[0-9]+, ?\"what\": ?\"key .*\", ?\"flaw\": ?\"" + HastyNone.FLAW
                                + "\"");
    }

    @Test
    void aPluginWithoutAMutantIsNoneToHuntIn() throws IOException {
        assertThat(failure(jar()))
                .isInstanceOf(Failure.class)
                .hasMessage("no plugin holds a mutant: a provider that is marked as dcluster.spi.Mutant");
    }

    /** What the command fails with. */
    private Exception failure(Path jar) {
        session = new TestSession(home);
        var failed = new ArrayList<Exception>();
        new CommandLine(new SimulateCommand(session.session()))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    failed.add(e);
                    return Exit.USAGE;
                })
                .execute("--mutants", jar.toString(), "--seeds", "1", "--threads", "1");
        return failed.get(0);
    }
}
