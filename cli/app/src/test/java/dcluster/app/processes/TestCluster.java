package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.NodeReport;
import dcluster.app.process.LocalMachine;
import dcluster.app.terminal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster of real processes, operated through the jar's own commands; what commands do not do, signals do. */
final class TestCluster implements AutoCloseable {
    private static final String COORDINATOR = "coordinator";

    private final Cli cli;
    private final String name;
    private volatile List<TestNode> members = List.of();

    private TestCluster(Cli cli, String name) {
        this.cli = cli;
        this.name = name;
    }

    /** Starts one on free ports; {@code arguments} are those of {@code start}. */
    static TestCluster start(Cli cli, String name, String... arguments) {
        var cluster = new TestCluster(cli, name);
        var words = new ArrayList<>(List.of("--set", "port=0", "--wait", "1m"));
        words.addAll(List.of(arguments));
        cluster.run("start", words.toArray(String[]::new)).exits(0);
        cluster.look();
        return cluster;
    }

    String name() {
        return name;
    }

    /** Runs a command on this cluster. */
    Cli.Result run(String command, String... arguments) {
        var words = new ArrayList<>(List.of(command, "-N", name));
        words.addAll(List.of(arguments));
        return cli.run(words.toArray(String[]::new));
    }

    /** Runs a command of {@code kv} on this cluster. */
    Cli.Result kv(String command, String... arguments) {
        var words = new ArrayList<>(List.of("kv", command, "-N", name));
        words.addAll(List.of(arguments));
        return cli.run(words.toArray(String[]::new));
    }

    /** Runs a command of {@code txn} on this cluster. */
    Cli.Result txn(String command, String... arguments) {
        var words = new ArrayList<>(List.of("txn", command, "-N", name));
        words.addAll(List.of(arguments));
        return cli.run(words.toArray(String[]::new));
    }

    // Its members

    private void look() {
        var answer =
                Json.object("{\"rows\":" + cli.run("ps", "-o", "json").exits(0).out() + "}");
        var found = new ArrayList<TestNode>();
        if (answer.get("rows") instanceof List<?> rows) {
            rows.forEach(row -> {
                if (row instanceof Map<?, ?> columns && name.equals(columns.get("cluster"))) {
                    found.add(TestNode.of(columns));
                }
            });
        }
        members = List.copyOf(found);
    }

    /** Nodes and coordinator. */
    List<TestNode> members() {
        return members;
    }

    List<TestNode> nodes() {
        return members.stream().filter(each -> !each.id().equals(COORDINATOR)).toList();
    }

    Optional<TestNode> coordinator() {
        return members.stream().filter(each -> each.id().equals(COORDINATOR)).findFirst();
    }

    /** Where clients go: to the coordinator, if there is one, else to all nodes. */
    List<TestNode> clientEnds() {
        return coordinator().map(List::of).orElseGet(this::nodes);
    }

    TestNode member(String id) {
        return members.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    /** The node that leads, once there is one. */
    TestNode leader() {
        return Until.there(
                "a node leads",
                () -> statuses().entrySet().stream()
                        .filter(each -> "leader".equals(each.getValue().get("role")))
                        .max(Comparator.comparing(each -> reign(each.getValue())))
                        .map(each -> member(each.getKey())));
    }

    /** A node that follows, once there is a leader. */
    TestNode follower() {
        var leader = leader();
        return nodes().stream()
                .filter(each -> !each.id().equals(leader.id()) && each.isRunning())
                .findFirst()
                .orElseThrow();
    }

    private static long reign(Map<String, @Nullable Object> status) {
        return new NodeReport(true, "", false, status).reign();
    }

    /** What those nodes that answer say of themselves, by id. */
    Map<String, Map<String, @Nullable Object>> statuses() {
        var statuses = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        nodes().forEach(node -> node.status().ifPresent(status -> statuses.put(node.id(), status)));
        return statuses;
    }

    void awaitHealth() {
        members.forEach(node -> Until.holds(node.id() + " is healthy", node::isHealthy));
    }

    /** Waits until all nodes have applied the same index and show the same state hash. */
    void awaitAgreement() {
        Until.passes("all replicas hold the same", () -> {
            var states = new LinkedHashMap<String, String>();
            statuses().forEach((id, status) -> states.put(id, status.get("applied") + "/" + status.get("stateHash")));
            assertThat(states).hasSameSizeAs(nodes());
            assertThat(states.values().stream().distinct()).as("%s", states).hasSize(1);
        });
    }

    /** How often a line of the logs of all nodes says this. */
    int logged(String text) {
        return nodes().stream().mapToInt(node -> node.logged(text)).sum();
    }

    // What is done to them

    /** kill -9, all of them before the first is looked after. */
    void kill(TestNode... victims) {
        var chosen = Arrays.stream(victims).map(victim -> member(victim.id())).toList();
        chosen.forEach(victim -> ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly));
        chosen.forEach(victim -> Until.holds(victim.id() + " is gone", () -> !victim.isRunning()));
    }

    /** kill -9 of a node whose start another command is still waiting for. */
    void killNow(TestNode victim) {
        long pid = cli.cluster(name).records().stream()
                .filter(record -> record.id().equals(victim.id()))
                .findFirst()
                .orElseThrow()
                .pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Until.holds(
                victim.id() + " is gone", () -> new LocalMachine().process(pid).isEmpty());
    }

    /** Starts nodes again, and waits until they are ready; those that run are stopped before. */
    void restart(TestNode... nodes) {
        var words = new ArrayList<>(List.of("--wait", "1m"));
        Arrays.stream(nodes).map(TestNode::id).forEach(words::add);
        run("restart", words.toArray(String[]::new)).exits(0);
        look();
    }

    /** Starts the nodes that do not run. */
    void revive() {
        look();
        var dead = nodes().stream().filter(node -> !node.isRunning()).toArray(TestNode[]::new);
        if (dead.length > 0) {
            restart(dead);
        }
    }

    /** Stops it in order, and starts it by another file; {@code arguments} are those of {@code start}. */
    void reconfigure(String... arguments) {
        run("stop").exits(0);
        var words = new ArrayList<>(List.of("--reconfigure", "--wait", "1m"));
        words.addAll(List.of(arguments));
        run("start", words.toArray(String[]::new)).exits(0);
        look();
    }

    /** Has a node lead. On a busy machine it may at first not catch up in the leader's time. */
    void lead(TestNode node) {
        Until.holds(
                node.id() + " leads",
                () -> run("transfer", "--to", node.id(), "--wait", "10s").exit() == 0);
    }

    /** Sends a signal, as STOP or TERM. */
    void signal(String signal, TestNode node) {
        long pid = member(node.id()).pid();
        try {
            int exit =
                    new ProcessBuilder("kill", "-" + signal, "" + pid).start().waitFor();
            assertThat(exit).as("kill -%s %s", signal, pid).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // Its end

    /** Ends it in order: no node may have to be killed. Whoever made the home looks that nothing is left. */
    @Override
    public void close() {
        look();
        members.stream().filter(TestNode::isRunning).forEach(node -> signal("CONT", node));
        assertThat(run("stop").exits(0).err()).doesNotContain("killed");
    }
}
