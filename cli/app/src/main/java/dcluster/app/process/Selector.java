package dcluster.app.process;

import dcluster.app.client.NodeReport;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the processes that words on the command line mean: a member's id; {@code all} nodes; {@code coordinator};
 * {@code random(2)}, so many running nodes; {@code leader}; or a role, as {@code follower}, which means one of those
 * that play it now, chosen at random, or in the plural, as {@code followers}, all of them. An id comes before a word of
 * the same spelling. Roles are asked of the nodes when the first word needs them.
 */
public final class Selector {
    private static final Duration ASK = Duration.ofSeconds(1);
    private static final Pattern RANDOM = Pattern.compile("random\\(([1-9][0-9]{0,3})\\)");

    private final List<ClusterProcess> processes;
    private final List<Unreadable> unreadable;
    private final RandomGenerator random;
    private final Supplier<Map<String, NodeReport>> ask;
    private @Nullable Map<String, NodeReport> reports;

    /** Among the processes of a cluster, as they are now. */
    public static Selector of(Cluster cluster) {
        var processes = cluster.processes();
        return new Selector(processes, cluster.unreadable(), RandomGenerator.getDefault(), () -> ask(processes));
    }

    Selector(
            List<ClusterProcess> processes,
            List<Unreadable> unreadable,
            RandomGenerator random,
            Supplier<Map<String, NodeReport>> ask) {
        this.processes = processes;
        this.unreadable = unreadable;
        this.random = random;
        this.ask = ask;
    }

    /** The same among all but one, for where that one is not meant. */
    public Selector without(ClusterProcess one) {
        var others =
                processes.stream().filter(each -> !each.id().equals(one.id())).toList();
        return new Selector(others, unreadable, random, ask);
    }

    /**
     * All that any of the words means, each once, in the order of the words.
     *
     * @throws Failure if a word means nothing, or nothing now, or a member whose record cannot be read
     */
    public List<ClusterProcess> select(List<String> words) {
        var selected = new LinkedHashSet<ClusterProcess>();
        words.forEach(word -> selected.addAll(select(word)));
        return List.copyOf(selected);
    }

    private List<ClusterProcess> select(String word) {
        var named = processes.stream().filter(each -> each.id().equals(word)).toList();
        if (!named.isEmpty()) {
            return named;
        }
        refuseUnreadable(word);
        var count = RANDOM.matcher(word);
        if (count.matches()) {
            return random(Integer.parseInt(count.group(1)));
        }
        return switch (word) {
            case "all" -> nodes();
            case "coordinator" -> orElseNone(coordinator(), "this cluster has no coordinator");
            case "leader" -> orElseNone(leaders(), "no node says that it leads; 'dcluster status' shows the roles");
            default -> role(word);
        };
    }

    /** One of whom nothing is known cannot be chosen, neither by name nor as one of all. */
    private void refuseUnreadable(String word) {
        unreadable.stream()
                .filter(each ->
                        word.equals("all") || each.id().isEmpty() || each.id().equals(word))
                .findFirst()
                .ifPresent(each -> {
                    throw each.failure();
                });
    }

    private List<ClusterProcess> coordinator() {
        return processes.stream().filter(each -> each.record().coordinator()).toList();
    }

    private List<ClusterProcess> nodes() {
        return processes.stream().filter(each -> !each.record().coordinator()).toList();
    }

    private List<ClusterProcess> random(int count) {
        var running = nodes().stream().filter(ClusterProcess::isRunning).toList();
        if (running.size() < count) {
            throw new Failure(
                    Exit.UNHEALTHY, "random(" + count + ") cannot be chosen: " + running.size() + " nodes run");
        }
        return some(count, running);
    }

    private List<ClusterProcess> some(int count, List<ClusterProcess> from) {
        var shuffled = new ArrayList<>(from);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled.subList(0, count);
    }

    /** An old leader may not have heard of the new one yet: the one of the latest time of leading counts. */
    private List<ClusterProcess> leaders() {
        return playing("leader").stream()
                .max(Comparator.comparing(each -> report(each).reign()))
                .map(List::of)
                .orElse(List.of());
    }

    private List<ClusterProcess> role(String word) {
        var playing = playing(word);
        if (!playing.isEmpty()) {
            return some(1, playing);
        }
        var all = word.endsWith("s") ? playing(word.substring(0, word.length() - 1)) : playing;
        if (all.isEmpty()) {
            throw new Failure(Exit.USAGE, meansNothing(word));
        }
        return all;
    }

    private String meansNothing(String word) {
        var ids = processes.stream().map(ClusterProcess::id).collect(Collectors.joining(", "));
        var roles = reports().values().stream()
                .map(NodeReport::role)
                .filter(role -> !role.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "no node and no role is called '" + word + "' now; nodes: " + ids + "; roles now: "
                + (roles.isEmpty() ? "none" : roles) + "; always: all, random(1), leader, coordinator";
    }

    private List<ClusterProcess> playing(String role) {
        return nodes().stream()
                .filter(each -> each.isRunning() && report(each).role().equals(role))
                .toList();
    }

    private static List<ClusterProcess> orElseNone(List<ClusterProcess> chosen, String complaint) {
        if (chosen.isEmpty()) {
            throw new Failure(Exit.UNHEALTHY, complaint);
        }
        return chosen;
    }

    private NodeReport report(ClusterProcess process) {
        return reports().getOrDefault(process.id(), NodeReport.SILENT);
    }

    private Map<String, NodeReport> reports() {
        var known = reports;
        if (known == null) {
            known = ask.get();
            reports = known;
        }
        return known;
    }

    private static Map<String, NodeReport> ask(List<ClusterProcess> processes) {
        var members = processes.stream()
                .filter(ClusterProcess::isRunning)
                .map(ClusterProcess::member)
                .toList();
        return NodeReport.ask(members, ASK).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().id().name(), Map.Entry::getValue));
    }
}
