package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.process.Clusters;
import dcluster.app.process.HomeLock;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.config.ClusterFile;
import dcluster.config.PortPicker;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
            checkPorts(plan);
            if (plan.isNew()) {
                plan.cluster().folder().create(ClusterFile.write(plan.config().withId(newId())));
                plan.missing().forEach(plan.cluster().folder()::keep);
            }
            return plan;
        });
    }

    private void checkPorts(Plan plan) {
        var check = new PortCheck(clusters.all());
        plan.missing().stream().map(ProcessRecord::member).forEach(check::check);
    }

    /**
     * What is wanted as another form of a cluster that is there and stopped. Looks, and changes nothing.
     *
     * @throws Failure if there is no such cluster, it runs, or its algorithm could not go on so
     */
    public Reconfiguration reconfiguration() {
        var there = Existing.of(meant(), plugins);
        return Reconfiguration.of(there, wanted.loadOver(there, portsFor(there)));
    }

    /** The same, in place of what there was. No other command may be choosing ports meanwhile. */
    public Reconfiguration reconfigure() {
        return HomeLock.forPorts(clusters.home(), () -> {
            var change = reconfiguration();
            checkPorts(change.plan());
            return change.apply(clusters.home());
        });
    }

    /** The cluster to reconfigure: by its name, by that of the file, or the only one that is there. */
    private Cluster meant() {
        var name = wanted.name().or(this::nameInFile);
        var all = clusters.all();
        var meant = all.stream()
                .filter(each -> name.isEmpty() || each.name().equals(name.get()))
                .toList();
        if (meant.size() != 1) {
            var problem = name.map(given -> "there is no cluster '" + given + "' to reconfigure")
                    .orElse("which cluster is to be reconfigured?");
            var names = all.stream().map(Cluster::name).toList();
            throw new Failure(Exit.USAGE, problem + "; -N says which, and there are " + names);
        }
        return meant.get(0);
    }

    private Optional<String> nameInFile() {
        return wanted.file()
                .map(file -> wanted.load(Algorithms.load(plugins), new NewPorts(clusters.all()))
                        .name());
    }

    /** No two clusters share one, be they of one name, on one machine or on two. */
    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private Plan existing(Cluster cluster) {
        var there = Existing.of(cluster, plugins);
        if (!wanted.isOpen()) {
            refuseAnother(there);
        }
        return there.plan();
    }

    /** What is wanted, with the ports that the cluster has wherever any port will do, must be what there is. */
    private void refuseAnother(Existing there) {
        var differences = ClusterFile.differences(there.config(), wanted.load(there.algorithms(), portsFor(there)));
        if (!differences.isEmpty()) {
            throw new Failure(Exit.USAGE, another(there.cluster(), differences));
        }
    }

    private PortPicker portsFor(Existing there) {
        return new KeptPorts(there.config().members(), new NewPorts(clusters.all()));
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
}
