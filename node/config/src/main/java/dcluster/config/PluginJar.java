package dcluster.config;

import dcluster.spi.AlgorithmProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/** A jar that brings algorithms of its own. */
final class PluginJar {
    private static final String SERVICE = "META-INF/services/" + AlgorithmProvider.class.getName();

    private PluginJar() {}

    /**
     * The providers that the jar names and holds.
     *
     * @throws ConfigException if it cannot be read as a jar, does not load, or holds none
     */
    static List<AlgorithmProvider<?, ?, ?, ?>> providers(Path jar) {
        var place = Place.whole(jar.toString());
        refuseUnreadable(jar, place);
        var own = new ArrayList<AlgorithmProvider<?, ?, ?, ?>>();
        try {
            var loader = new URLClassLoader("plugin " + jar, new URL[] {url(jar)}, PluginJar.class.getClassLoader());
            for (AlgorithmProvider<?, ?, ?, ?> found : ServiceLoader.load(AlgorithmProvider.class, loader)) {
                // What the parent finds is found here as well, and is not of this jar.
                if (found.getClass().getClassLoader() == loader) {
                    own.add(found);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ConfigException(place, "this plugin does not load: " + Words.oneLine(e.toString()));
        }
        if (own.isEmpty()) {
            throw new ConfigException(
                    place, "this plugin holds no algorithm; its " + SERVICE + " names a provider that is in it");
        }
        return own;
    }

    private static void refuseUnreadable(Path jar, Place place) {
        if (!Files.isRegularFile(jar)) {
            throw new ConfigException(place, "there is no such jar");
        }
        try (var file = new JarFile(jar.toFile())) {
            if (file.getEntry(SERVICE) == null) {
                throw new ConfigException(place, "this plugin holds no algorithm: it has no " + SERVICE);
            }
        } catch (IOException e) {
            throw new ConfigException(place, "this is not a jar: " + Words.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file has an address: " + jar, e);
        }
    }
}
