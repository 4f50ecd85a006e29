package dcluster.app.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this build was made of. */
record Versions(String dcluster, String vertx) {
    /** As the build wrote it down. */
    static Versions ofBuild() {
        var properties = new Properties();
        try (var file = Versions.class.getResourceAsStream("/dcluster/app/version.properties")) {
            if (file == null) {
                throw new FileNotFoundException("this build of dcluster lacks its version");
            }
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Versions(properties.getProperty("dcluster"), properties.getProperty("vertx"));
    }
}
