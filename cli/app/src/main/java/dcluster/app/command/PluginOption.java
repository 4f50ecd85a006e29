package dcluster.app.command;

import dcluster.app.process.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code --plugin}: jars that bring algorithms, beside those which lie in {@code plugins/} of the home. */
final class PluginOption {
    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            description =
                    "A jar that brings an algorithm; may be repeated. Jars in $$DCLUSTER_HOME/plugins need no mention.")
    private List<Path> jars = new ArrayList<>();

    boolean isGiven() {
        return !jars.isEmpty();
    }

    /** All of them as absolute paths, each once. */
    List<Path> in(Home home) {
        var all = Stream.concat(jars.stream(), home.plugins().stream())
                .map(jar -> jar.toAbsolutePath().normalize())
                .toList();
        return List.copyOf(new LinkedHashSet<>(all));
    }

    /** Those that were named, as words of a command line that mean the same in any folder. */
    List<String> words() {
        return jars.stream()
                .flatMap(jar ->
                        Stream.of("--plugin", jar.toAbsolutePath().normalize().toString()))
                .toList();
    }
}
