package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.process.Clusters;
import dcluster.app.process.HomeLock;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.PortPicker;
import dcluster.spi.Member;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Finds out what {@code start} has to start: a new cluster, or one that is there already. The latter is taken as it was
 * resolved when it was new, and must not be asked to be another one.
 */
public final class Planner {
    /** How many differences from the cluster that is there are told. */
    private static final int SHOWN = 5;

    private final Clusters clusters;
    private final Wanted wanted;
    private final List<Path> plugins;

    /** {@code plugins} are jars, as absolute paths, that bring algorithms. */
    public Planner(Clusters clusters, Wanted wanted, List<Path> plugins) {
        this.clusters = clusters;
        this.wanted = wanted;
        this.plugins = List.copyOf(plugins);
    }

    /** Looks, and changes nothing. */
    public Plan plan() {
        var named = wanted.name()
                .map(clusters::named)
                .filter(cluster -> cluster.folder().exists());
        if (named.isPresent()) {
            return existing(named.get());
        }
        var current = current();
        if (current.isPresent()) {
            return existing(current.get());
        }
        var config = wanted.load(Algorithms.load(plugins), new NewPorts(clusters.all()));
        var cluster = clusters.named(config.name());
        return cluster.folder().exists() ? existing(cluster) : new Plan(cluster, config, true, paths(plugins));
    }

    /** Where nothing is said: the only cluster that runs, or the only one that is there. */
    private Optional<Cluster> current() {
        if (!wanted.isOpen() || wanted.name().isPresent()) {
            return Optional.empty();
        }
        var all = clusters.all();
        var running = all.stream().filter(Cluster::isRunning).toList();
        var candidates = running.isEmpty() ? all : running;
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /**
     * Makes the folder of a new cluster with a record for each member. What cannot be had is found out before: then
     * nothing changes. No other command may be choosing ports meanwhile.
     */
    public Plan prepare() {
        return HomeLock.forPorts(clusters.home(), () -> {
            var plan = plan();
            var check = new PortCheck(clusters.all());
            plan.missing().stream().map(ProcessRecord::member).forEach(check::check);
            if (plan.isNew()) {
                plan.cluster().folder().create(ClusterFile.write(plan.config().withId(newId())));
                plan.missing().forEach(plan.cluster().folder()::keep);
            }
            return plan;
        });
    }

    /** No two clusters share one, be they of one name, on one machine or on two. */
    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    /** The plugins that it was started with are needed again, whether they are named again or not. */
    private Plan existing(Cluster cluster) {
        cluster.unreadable().stream().findFirst().ifPresent(each -> {
            throw each.failure();
        });
        var all = new LinkedHashSet<>(plugins);
        cluster.folder().records().forEach(record -> record.plugins().forEach(plugin -> all.add(Path.of(plugin))));
        var algorithms = Algorithms.load(List.copyOf(all));
        var stored = StoredFile.load(cluster, algorithms);
        if (!wanted.isOpen()) {
            refuseAnother(cluster, stored, algorithms);
        }
        return new Plan(cluster, stored, false, paths(all));
    }

    /** What is wanted, with the ports that the cluster has wherever any port will do, must be what there is. */
    private void refuseAnother(Cluster cluster, ClusterConfig stored, Algorithms algorithms) {
        var ports = new PortsOf(stored.members().all().toList(), new NewPorts(clusters.all()));
        var differences = ClusterFile.differences(stored, wanted.load(algorithms, ports));
        if (!differences.isEmpty()) {
            throw new Failure(Exit.USAGE, another(cluster, differences));
        }
    }

    private static String another(Cluster cluster, List<String> differences) {
        var name = cluster.name();
        var lines = new StringBuilder("the cluster '" + name + "' is there already, and it is another one:");
        differences.stream().limit(SHOWN).forEach(line -> lines.append("\n    ").append(line));
        if (differences.size() > SHOWN) {
            lines.append("\n    and ").append(differences.size() - SHOWN).append(" more");
        }
        return lines.append("\n'dcluster start -N ")
                .append(name)
                .append("' starts it as it is, 'dcluster rm -N ")
                .append(name)
                .append("' removes it, -N with a new name makes one beside it")
                .toString();
    }

    private static List<String> paths(Collection<Path> jars) {
        return jars.stream().map(Path::toString).toList();
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
