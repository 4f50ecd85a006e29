package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.NewPorts;
import dcluster.app.process.PortCheck;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import dcluster.spi.Member;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds out what {@code start} has to start: a new cluster, or one that is there already. The latter is taken as it was
 * resolved when it was new, and must not be asked to be another one.
 */
final class Planner {
    private final Session session;
    private final ClusterFileOptions wanted;
    private final Optional<String> name;
    private final List<Path> plugins;
    private final Algorithms algorithms;

    Planner(Session session, ClusterFileOptions wanted, Optional<String> name, List<Path> plugins) {
        this.session = session;
        this.wanted = wanted;
        this.name = name;
        this.plugins = plugins;
        this.algorithms = Algorithms.load(plugins);
    }

    /** Looks, and changes nothing. */
    Plan plan() {
        if (!wanted.areGiven() && name.isPresent()) {
            var there = session.cluster(name.get());
            if (there.folder().exists()) {
                return existing(there, stored(there));
            }
        }
        var config = wanted.load(name, algorithms, new NewPorts(session.clusters()));
        var cluster = session.cluster(config.name());
        if (!cluster.folder().exists()) {
            return plan(cluster, config, true);
        }
        return wanted.areGiven() ? existing(cluster, unchanged(cluster)) : existing(cluster, stored(cluster));
    }

    /** Makes the folder of a new cluster with a record for each member, once it is sure that it can have its ports. */
    void create(Plan plan) {
        var check = new PortCheck(session.clusters());
        plan.missing().stream().map(ProcessRecord::member).forEach(check::check);
        if (plan.isNew()) {
            plan.cluster().folder().create(ClusterFile.write(plan.config()));
            plan.missing().forEach(plan.cluster().folder()::keep);
        }
    }

    private Plan existing(Cluster cluster, ClusterConfig config) {
        return plan(cluster, config, false);
    }

    private Plan plan(Cluster cluster, ClusterConfig config, boolean isNew) {
        return new Plan(
                cluster, config, isNew, plugins.stream().map(Path::toString).toList());
    }

    private ClusterConfig stored(Cluster cluster) {
        return ClusterFile.load(cluster.folder().config(), Overrides.NONE, algorithms, PortPicker.NONE);
    }

    /** What is wanted, with the ports that the cluster has wherever any port will do, must be what there is. */
    private ClusterConfig unchanged(Cluster cluster) {
        var stored = stored(cluster);
        var same = wanted.load(
                name, algorithms, new PortsOf(stored.members().all().toList(), new NewPorts(session.clusters())));
        if (!same.equals(stored)) {
            throw new Failure(
                    Exit.USAGE,
                    "the cluster '" + cluster.name() + "' is there already, and it is another one (see "
                            + cluster.folder().config() + "); 'dcluster start -N " + cluster.name()
                            + "' starts it as it is, 'dcluster rm -N " + cluster.name()
                            + "' removes it, -N with a new name makes one beside it");
        }
        return stored;
    }

    /** The ports of an existing cluster in the order in which a cluster file asks for them, then others. */
    private static final class PortsOf implements PortPicker {
        private final Iterator<Integer> own;
        private final PortPicker others;

        PortsOf(List<Member> members, PortPicker others) {
            this.own = members.stream()
                    .flatMapToInt(each -> IntStream.of(each.clientPort(), each.peerPort(), each.adminPort()))
                    .iterator();
            this.others = others;
        }

        @Override
        public int pick() {
            return own.hasNext() ? own.next() : others.pick();
        }
    }
}
