package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -N}: which cluster is meant. */
final class ClusterOption {
    @Option(
            names = {"-N", "--cluster"},
            paramLabel = "NAME",
            description = "The cluster; by default the only one that runs, or the only one that is there.")
    private @Nullable String name;

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The words that say so again, for a command that is shown to people; none if nothing was said. */
    List<String> words() {
        return name().map(given -> List.of("-N", given)).orElse(List.of());
    }

    /**
     * The cluster that is meant.
     *
     * @throws Failure if it is not there, or if it is not clear which one is meant
     */
    Cluster in(Session session) {
        return name().map(given -> named(session, given)).orElseGet(() -> current(session));
    }

    /** The cluster of that name, which must be there. */
    static Cluster named(Session session, String name) {
        var cluster = session.clusters().named(name);
        if (!cluster.folder().exists()) {
            throw new Failure(
                    Exit.USAGE,
                    "there is no cluster '" + name + "' in " + session.home().folder()
                            + there(session.clusters().all()));
        }
        return cluster;
    }

    private static Cluster current(Session session) {
        var all = session.clusters().all();
        var running = all.stream().filter(Cluster::isRunning).toList();
        var candidates = running.isEmpty() ? all : running;
        if (candidates.isEmpty()) {
            throw new Failure(
                    Exit.USAGE, "there is no cluster in " + session.home().folder() + "; 'dcluster start' starts one");
        }
        if (candidates.size() > 1) {
            throw new Failure(Exit.USAGE, "which cluster? Say so with -N" + there(candidates));
        }
        return candidates.get(0);
    }

    private static String there(List<Cluster> clusters) {
        return clusters.isEmpty()
                ? "; 'dcluster start' starts one"
                : "; there are: " + clusters.stream().map(Cluster::name).collect(Collectors.joining(", "));
    }
}
