package dcluster.app.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The example of an algorithm that somebody else wrote: compiled against the jar alone, packed into a jar of its own.
 */
final class PrimaryBackupJar {
    private static final Path FOLDER = Path.of("src", "test", "plugins", "primary-backup");
    private static final String SERVICES = "META-INF/services/dcluster.spi.AlgorithmProvider";

    private PrimaryBackupJar() {}

    static String source() throws IOException {
        return Files.readString(FOLDER.resolve("example").resolve("PrimaryBackup.java"));
    }

    /** Makes it in that folder. */
    static Path in(Path folder) throws IOException {
        return in(folder, UnaryOperator.identity());
    }

    /** Makes it of a source that was edited. */
    static Path in(Path folder, UnaryOperator<String> edit) throws IOException {
        var work = Files.createTempDirectory(folder, "plugin");
        var source = Files.writeString(work.resolve("PrimaryBackup.java"), edit.apply(source()));
        return PluginJar.in(work, List.of(source), Files.readString(FOLDER.resolve(SERVICES)));
    }
}
