package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

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
        var classes = work.resolve("classes");
        var output = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        output,
                        output,
                        "--release",
                        "17",
                        "-proc:none",
                        "-cp",
                        Cli.jar().toString(),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(failed).as("%s", output.toString(StandardCharsets.UTF_8)).isZero();
        return pack(classes, work.resolve("primary-backup.jar"));
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(out, classes.relativize(file).toString(), file);
            }
            add(out, SERVICES, FOLDER.resolve(SERVICES));
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, Path file) throws IOException {
        out.putNextEntry(new JarEntry(name));
        Files.copy(file, out);
        out.closeEntry();
    }
}
