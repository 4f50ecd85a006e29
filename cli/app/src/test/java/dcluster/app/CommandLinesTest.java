package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.Commands;
import dcluster.app.command.TestSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLinesTest {
    @TempDir
    private Path temporary = Path.of("");

    private TestSession session = new TestSession();

    @BeforeEach
    void moveIn() {
        session = new TestSession(temporary);
    }

    @Test
    void helpListsTheCommandsInOrder() {
        assertThat(run("--help")).isZero();
        var listed = session.out()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.strip().replaceAll(" .*", ""))
                .toList();
        assertThat(listed).isEqualTo(Commands.names());
    }

    @Test
    void everyCommandAndOptionIsDescribed() {
        var all = new CommandLine(new Dcluster());
        Commands.addAll(all, session.session());
        var left = new ArrayDeque<CommandLine>(List.of(all));
        while (!left.isEmpty()) {
            var spec = left.remove().getCommandSpec();
            left.addAll(spec.subcommands().values());
            assertThat(spec.usageMessage().description())
                    .as(spec.qualifiedName())
                    .isNotEmpty();
            assertThat(spec.options())
                    .allSatisfy(option -> assertThat(option.description())
                            .as("%s %s", spec.qualifiedName(), option.longestName())
                            .isNotEmpty());
        }
    }

    @Test
    void aNamedCommandTakesItsOwnOptionsAndThoseOfAll() {
        assertThat(run("--verbose", "ps", "-o", "json")).isZero();
        assertThat(session.out().strip()).isEqualTo("[ ]");
        assertThat(run("ps", "--verbose")).isZero();
    }

    @Test
    void whatIsNotKnownIsUsage() {
        assertThat(run("strat")).isEqualTo(64);
        assertThat(session.err()).contains("there is no command 'strat'; did you mean 'start'?");
        assertThat(run("ps", "--outptu", "json")).isEqualTo(64);
        assertThat(session.err()).contains("there is no option '--outptu'; did you mean '--output'?");
        assertThat(run("ps", "extra")).isEqualTo(64);
        assertThat(session.err()).contains("'extra' is one word too many");
        assertThat(run("kv", "gte", "k")).isEqualTo(64);
        assertThat(session.err()).contains("did you mean 'get'?");
        assertThat(run()).isEqualTo(64);
        assertThat(session.err()).contains("Usage: dcluster");
    }

    @Test
    void aStackTraceIsShownOnlyWhenItIsAskedFor() {
        assertThat(run("stop", "-N", "none")).isEqualTo(64);
        assertThat(session.err()).contains("there is no cluster 'none'").doesNotContain("\tat ");
        assertThat(run("stop", "-N", "none", "--verbose")).isEqualTo(64);
        assertThat(session.err()).contains("\tat ");
    }

    @Test
    void aClusterThatIsNotClearIsAskedFor() {
        for (var name : List.of("one", "two")) {
            var folder = session.session().clusters().home().cluster(name);
            folder.create("cluster: " + name + "\n");
        }
        assertThat(run("status")).isEqualTo(64);
        assertThat(session.err()).contains("which cluster? Say so with -N; there are: one, two");
        session.session().clusters().home().cluster("two").remove();
        assertThat(run("status")).isEqualTo(4);
    }

    @Test
    void completionKnowsAllCommands() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(session.out()).contains(Commands.names()).contains("--algorithm");
        assertThat(run("completion", "fish")).isEqualTo(64);
    }

    @Test
    void theDefaultClusterFileIsInTheJar() {
        assertThat(run("start", "--dry-run", "--set", "port=7401", "-N", "named"))
                .isZero();
        assertThat(session.out()).contains("cluster: named", "algorithm: raft", "port: 7403");
        assertThat(Files.exists(temporary.resolve("named"))).isFalse();
    }

    private int run(String... arguments) {
        return CommandLines.of(session.session(), List.of(arguments)).execute(arguments);
    }
}
