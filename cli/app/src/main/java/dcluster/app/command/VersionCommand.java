package dcluster.app.command;

import dcluster.app.terminal.Exit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Print the versions of dcluster, of Java and of Vert.x.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private FormatOption format = new FormatOption();

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var built = built();
        var versions = new LinkedHashMap<String, Object>();
        versions.put("dcluster", built.getProperty("dcluster"));
        versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        versions.put("vertx", built.getProperty("vertx"));
        format.in(session).object(versions);
        return Exit.OK;
    }

    /** What the build was made of. */
    private static Properties built() {
        var properties = new Properties();
        try (var file = VersionCommand.class.getResourceAsStream("/dcluster/app/version.properties")) {
            if (file == null) {
                throw new FileNotFoundException("this build of dcluster lacks its version");
            }
            properties.load(file);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
