package dcluster.app.start;

import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The cluster file that counts where none is named: one of {@code cluster-configs/}, which are in the jar. */
public final class BundledConfig {
    /** What a new cluster is, unless something else is said. */
    public static final String DEFAULT = "raft-3.yaml";

    private BundledConfig() {}

    /** As {@link ClusterFile#load}, of the default. Errors name it as a file of that name. */
    public static ClusterConfig load(Overrides overrides, Algorithms algorithms, PortPicker ports) {
        try (var content = BundledConfig.class.getResourceAsStream("/cluster-configs/" + DEFAULT)) {
            if (content == null) {
                throw new FileNotFoundException("this build of dcluster lacks cluster-configs/" + DEFAULT);
            }
            var text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return ClusterFile.load(new ClusterText(DEFAULT, text), overrides, algorithms, ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
