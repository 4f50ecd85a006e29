package dcluster.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The whole source tree, as the tests that read it see it. */
public final class Repository {
    private Repository() {}

    /** The top folder: the nearest one above that holds {@code cluster-configs}. */
    public static Path root() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("cluster-configs"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "not within the source tree: " + Path.of("").toAbsolutePath());
    }

    /** All files that people wrote, below any of these folders or files. */
    static List<Path> files(String... under) {
        return List.of(under).stream()
                .flatMap(name -> walk(root().resolve(name)).stream())
                .filter(file -> !root().relativize(file).toString().contains("target/"))
                .toList();
    }

    /** The Java sources; tests included if wanted. */
    static List<Path> sources(boolean tests) {
        return files("algorithms", "node", "cli").stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> tests || file.toString().contains("/src/main/"))
                .toList();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static List<Path> walk(Path from) {
        try (var paths = Files.walk(from)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
