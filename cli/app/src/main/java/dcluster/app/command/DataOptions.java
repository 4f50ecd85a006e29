package dcluster.app.command;

import dcluster.app.process.ClusterFolder;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.ClusterConfig;
import dcluster.runtime.MemberSettings;
import dcluster.runtime.Memory;
import dcluster.runtime.Memory.Empty;
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

    @Option(
            names = "--wiped",
            description =
                    "Its data is given up: its folder may be empty, and it recovers from the others. What 'dcluster"
                            + " wipe' does for nodes in the background. For one start, not for a unit file: left there,"
                            + " it lets the node begin in silence whenever its folder is lost again.")
    private boolean wiped;

    /** The settings of a member whose cluster has that folder. */
    MemberSettings settings(ClusterConfig config, NodeId self, ClusterFolder folder) {
        return new MemberSettings(
                config,
                self,
                data == null ? folder.data(self.name()) : data,
                new Memory(incarnation == null ? folder.incarnation(self.name()) : incarnation, empty()),
                Versions.ofBuild().dcluster());
    }

    private Empty empty() {
        if (bootstrap && wiped) {
            throw new Failure(
                    Exit.USAGE, "--bootstrap is for the first start, --wiped for a later one: give one of them");
        }
        if (wiped) {
            return Empty.WIPED;
        }
        return bootstrap ? Empty.NEW : Empty.LOST;
    }
}
