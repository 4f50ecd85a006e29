package dcluster.app.simulate;

import dcluster.app.start.Wanted;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ConfigException;
import dcluster.config.PortPicker;
import dcluster.lab.simulation.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds out which clusters a command line means to simulate. */
public final class Subjects {
    private static final int FIRST_PORT = 7001;
    private static final List<Integer> USUAL_SIZES = List.of(3, 5);

    private Subjects() {}

    /**
     * The cluster that is wanted; if its size is left open, one of three nodes and one of five, or, for an algorithm that
     * takes neither, one of one.
     *
     * @throws ConfigException if something is wrong with the file or the flags
     */
    public static Subject of(Wanted wanted, Algorithms algorithms) {
        return of(wanted, OptionalInt.empty(), algorithms);
    }

    /** The same, for a scenario that wants so many nodes, if it does not leave that open. */
    public static Subject of(Wanted wanted, OptionalInt nodes, Algorithms algorithms) {
        if (nodes.isPresent() && !wanted.saysNodes()) {
            return of(wanted.withNodes(nodes.getAsInt()), algorithms);
        }
        var subject = open(wanted, algorithms);
        if (nodes.isPresent() && subject.sizes().stream().allMatch(size -> size < nodes.getAsInt())) {
            throw new Failure(
                    Exit.USAGE,
                    "the scenario wants " + nodes.getAsInt() + " nodes, and the cluster has "
                            + subject.sizes().iterator().next());
        }
        return subject;
    }

    private static Subject open(Wanted wanted, Algorithms algorithms) {
        try {
            return new Subject(wanted.saysNodes() ? List.of(load(wanted, algorithms)) : sizes(wanted, algorithms));
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<ClusterConfig> sizes(Wanted wanted, Algorithms algorithms) {
        var problems = new ArrayList<ConfigException>();
        var clusters = new ArrayList<ClusterConfig>();
        for (int size : USUAL_SIZES) {
            attempt(wanted.withNodes(size), algorithms, clusters, problems);
        }
        if (clusters.isEmpty()) {
            attempt(wanted.withNodes(1), algorithms, clusters, problems);
        }
        if (clusters.isEmpty()) {
            throw fewest(problems);
        }
        return clusters;
    }

    /** What is wrong with any number of nodes, rather than what is wrong with one of them, too. */
    private static ConfigException fewest(List<ConfigException> problems) {
        return problems.stream()
                .min(Comparator.comparingInt(
                        problem -> String.valueOf(problem.getMessage()).length()))
                .orElseThrow();
    }

    private static void attempt(
            Wanted wanted, Algorithms algorithms, List<ClusterConfig> clusters, List<ConfigException> problems) {
        try {
            clusters.add(load(wanted, algorithms));
        } catch (ConfigException e) {
            problems.add(e);
        }
    }

    /** Nothing listens on the ports of simulated nodes: any will do. */
    private static ClusterConfig load(Wanted wanted, Algorithms algorithms) {
        PortPicker ports = new AtomicInteger(FIRST_PORT)::getAndIncrement;
        return wanted.load(algorithms, ports);
    }
}
