package dcluster.app.process;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The folder in which dcluster keeps all that outlives a command: {@code $DCLUSTER_HOME}, or {@code ~/.dcluster}. It
 * holds a folder for each cluster, {@code plugins/} with jars that every command loads, and two lock files.
 */
public record Home(Path folder) {
    /** The environment variable that moves it. */
    public static final String VARIABLE = "DCLUSTER_HOME";

    private static final String PLUGINS = "plugins";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Where the environment says. */
    public static Home of(Map<String, String> environment) {
        var named = environment.getOrDefault(VARIABLE, "");
        return new Home(named.isBlank() ? Path.of(System.getProperty("user.home"), ".dcluster") : Path.of(named));
    }

    /**
     * The folder of a cluster, whether it is there or not.
     *
     * @throws Failure if the name is none that a cluster can have
     */
    public ClusterFolder cluster(String name) {
        if (!NAME.matcher(name).matches() || name.equals(PLUGINS)) {
            throw new Failure(
                    Exit.USAGE,
                    "'" + name
                            + "' is not a name for a cluster: it has 1 to 32 letters, digits, '-' or '_', starts with a"
                            + " letter or digit, and is not '" + PLUGINS + "'");
        }
        return new ClusterFolder(folder.resolve(name));
    }

    /** All clusters that were started and not removed, by name. */
    public List<ClusterFolder> clusters() {
        return children(folder).stream()
                .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                .map(ClusterFolder::new)
                .filter(ClusterFolder::exists)
                .toList();
    }

    /** The jars that lie in {@code plugins/}, by name. */
    public List<Path> plugins() {
        return children(folder.resolve(PLUGINS)).stream()
                .filter(path -> path.getFileName().toString().endsWith(".jar"))
                .toList();
    }

    private static List<Path> children(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (var paths = Files.list(parent)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
