package dcluster.app.command;

import dcluster.app.process.ClusterFolder;
import dcluster.config.ClusterConfig;
import dcluster.runtime.MemberSettings;
import dcluster.runtime.Memory;
import dcluster.spi.NodeId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a member keeps its data, and whether it may begin without any. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where it keeps its data; by default nodes/ and its name in the cluster's folder.")
    private @Nullable Path data;

    @Option(
            names = "--incarnation",
            paramLabel = "FILE",
            description =
                    "Where it keeps, apart from its data, how often it was started and where its journal ended; by"
                            + " default incarnations/ and its name in the cluster's folder.")
    private @Nullable Path incarnation;

    @Option(
            names = "--bootstrap",
            description = "This is the first start of a new cluster: its folder may be empty. Without this, an empty"
                    + " folder is one that has lost its data, and is refused; so it is with this, if it was started"
                    + " before.")
    private boolean bootstrap;

    /** The settings of a member whose cluster has that folder. */
    MemberSettings settings(ClusterConfig config, NodeId self, ClusterFolder folder) {
        return new MemberSettings(
                config,
                self,
                data == null ? folder.data(self.name()) : data,
                new Memory(incarnation == null ? folder.incarnation(self.name()) : incarnation, bootstrap),
                Versions.ofBuild().dcluster());
    }
}
