package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar with an algorithm that dcluster does not bring: compiled against its jar alone, packed into one of its own. */
final class PluginJar {
    private static final String SERVICES = "META-INF/services/dcluster.spi.AlgorithmProvider";

    private PluginJar() {}

    /** Makes it in that folder of these sources, one of which has a provider of that name. */
    static Path in(Path folder, List<Path> sources, String provider) throws IOException {
        var classes = folder.resolve("classes");
        var output = new ByteArrayOutputStream();
        var arguments = new ArrayList<>(
                List.of("--release", "17", "-proc:none", "-cp", Cli.jar().toString()));
        arguments.addAll(List.of("-d", classes.toString()));
        sources.forEach(source -> arguments.add(source.toString()));
        int failed = ToolProvider.getSystemJavaCompiler().run(null, output, output, arguments.toArray(String[]::new));
        assertThat(failed).as("%s", output.toString(StandardCharsets.UTF_8)).isZero();
        return pack(classes, provider, folder.resolve("plugin.jar"));
    }

    private static Path pack(Path classes, String provider, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
            add(out, SERVICES, provider.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
