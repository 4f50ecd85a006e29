package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.config.standin.Raft;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers on the class path, and those of plugin jars, which are compiled here. */
class AlgorithmsTest {
    private static final String SERVICE = "META-INF/services/dcluster.spi.AlgorithmProvider";

    private static final String PROVIDER = """
            package plugin;
            import dcluster.spi.*;
            import java.util.*;
            import plugin.Provider.*;
            public final class Provider implements AlgorithmProvider<%2$s, Nothing, Nothing, %3$s> {
                public record Config(@Default("3") int quorum) {}
                public record Odd(Object anything) {}
                public interface Open {}
                public String name() { return "%1$s"; }
                public String summary() { return "A test."; }
                public Class<%3$s> configType() { return %3$s.class; }
                public Class<%2$s> messageType() { return %2$s.class; }
                public Class<Nothing> recordType() { return Nothing.class; }
                public Algorithm<%2$s, Nothing, Nothing> create(%3$s config, Context<%2$s, Nothing, Nothing> context) {
                    throw new IllegalStateException("a stand-in does not run");
                }
                public Traits traits(%3$s config) {
                    return new Traits(Traits.Consistency.EVENTUAL, "", Map.of(), Set.of(), List.of());
                }
            }
            """;

    @TempDir
    Path folder = Path.of("unset");

    @Test
    void theClassPathsProvidersAreFoundByName() {
        var algorithms = Algorithms.load(List.of());

        assertThat(algorithms.names())
                .containsExactly("abd", "demanding", "none", "paxos", "quorum", "raft", "sampler", "two-phase-commit");
        assertThat(algorithms.byName("raft").orElseThrow()).isInstanceOf(Raft.class);
        assertThat(algorithms.byName("zab")).isEmpty();
        assertThat(algorithms.all()).hasSize(8);
    }

    @Test
    void aPluginsOptionsAreBoundAsAnyOthers() throws IOException {
        var algorithms = Algorithms.load(List.of(plugin("gossip", "Nothing", "Config")));

        var config = ClusterFile.load(
                new ClusterText("demo.yaml", "algorithm: gossip:quorum=2"),
                Overrides.NONE,
                algorithms,
                PortPicker.NONE);

        assertThat(algorithms.names()).contains("gossip", "raft");
        assertThat(config.algorithm().options()).hasToString("Config[quorum=2]");
    }

    @Test
    void aNameThatIsThereAlreadyIsRefusedWithBothPlaces() throws IOException {
        var jar = plugin("raft", "Nothing", "Config");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("plugin.Provider (" + jar + "): the algorithm 'raft' is there already, from "
                        + "dcluster.config.standin.Raft ("
                        + Path.of("target/test-classes").toAbsolutePath() + "/)");
    }

    @Test
    void aProviderThatDeclaresWhatCannotWorkIsRefused() throws IOException {
        var jar = plugin("Gossip!", "Open", "Odd");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        plugin.Provider (%s): an algorithm's name is up to 32 lower case letters, digits and '-', not 'Gossip!'
                        plugin.Provider (%s): messageType is a sealed interface of records or Nothing, not \
                        plugin.Provider$Open
                        component anything of plugin.Provider$Odd: java.lang.Object is a type that has no form in a \
                        cluster file""".formatted(jar, jar));
    }

    @Test
    void aJarThatIsNotThereIsRefused() {
        var jar = folder.resolve("absent.jar");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar))).hasMessage(jar + ": there is no such jar");
    }

    @Test
    void aFileThatIsNoJarIsRefused() throws IOException {
        var jar = Files.writeString(folder.resolve("text.jar"), "PK, but not really");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(jar + ": this is not a jar: ");
    }

    @Test
    void aJarWithoutProvidersIsRefused() throws IOException {
        var jar = jar(List.of(), "README", "nothing here");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .hasMessage(jar + ": this plugin holds no algorithm: it has no " + SERVICE);
    }

    @Test
    void aJarThatNamesAnotherOnesProviderIsRefused() throws IOException {
        var jar = jar(List.of(), SERVICE, Raft.class.getName());

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .hasMessage(
                        jar + ": this plugin holds no algorithm; its " + SERVICE + " names a provider that is in it");
    }

    @Test
    void aJarThatNamesAClassThatIsNotThereIsRefused() throws IOException {
        var jar = jar(List.of(), SERVICE, "plugin.Missing");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(jar + ": this plugin does not load: ")
                .hasMessageContaining("plugin.Missing");
    }

    @Test
    void aJarThatLacksAClassThatItsProviderNeedsIsRefused() throws IOException {
        var classes = compile("gossip", "Nothing", "Config").stream()
                .filter(file -> !file.endsWith("Provider$Config.class"))
                .toList();
        var jar = jar(classes, SERVICE, "plugin.Provider");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "plugin.Provider (" + jar + "): a type that this algorithm needs does not load: ")
                .hasMessageContaining("plugin/Provider$Config");
    }

    @Test
    void aJarThatIsNoJavaIsRefused() throws IOException {
        var classes = compile("gossip", "Nothing", "Config");
        Files.writeString(classes.get(0), "not a class");
        var jar = jar(classes, SERVICE, "plugin.Provider");

        assertThatThrownBy(() -> Algorithms.load(List.of(jar)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("does not load: ");
    }

    private Path plugin(String name, String messageType, String configType) throws IOException {
        return jar(compile(name, messageType, configType), SERVICE, "plugin.Provider");
    }

    /** The class files, that of the provider itself first. */
    private List<Path> compile(String name, String messageType, String configType) throws IOException {
        var source = folder.resolve("Provider.java");
        Files.writeString(source, PROVIDER.formatted(name, messageType, configType));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        var output = new StringWriter();
        var options = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.resolve("classes").toString());
        boolean compiled = compiler.getTask(output, files, null, options, null, files.getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(output.toString()).isTrue();
        try (Stream<Path> all = Files.list(folder.resolve("classes/plugin"))) {
            return all.sorted(Comparator.comparing(file -> file.toString().length()))
                    .toList();
        }
    }

    private Path jar(List<Path> classes, String extraName, String extraContent) throws IOException {
        var jar = folder.resolve("plugin.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(extraName));
            out.write(extraContent.getBytes(StandardCharsets.UTF_8));
            for (var entry : classes) {
                out.putNextEntry(new JarEntry("plugin/" + entry.getFileName()));
                out.write(Files.readAllBytes(entry));
            }
        }
        return jar;
    }
}
