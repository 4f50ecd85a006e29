package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.LocalMachine;
import dcluster.app.terminal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        var command = new ArrayList<>(List.of("start", "-N", name, "--set", "port=0", "--wait", "2m"));
        command.addAll(List.of(arguments));
        cli.run(command).well();
        var cluster = new TestCluster(cli, name);
        cluster.look();
        return cluster;
    }

    Cli cli() {
        return cli;
    }

    /** Runs a command on this cluster. */
    Ended run(String command, String... arguments) {
        var words = new ArrayList<>(List.of(command, "-N", name));
        words.addAll(List.of(arguments));
        return cli.run(words);
    }

    // Its members

    private void look() {
        var rows = Json.object("{\"rows\":" + cli.run("ps", "-o", "json").well().out() + "}");
        members = ((List<?>) Objects.requireNonNull(rows.get("rows")))
                .stream()
                        .map(row -> (Map<?, ?>) row)
                        .filter(row -> name.equals(row.get("cluster")))
                        .map(TestNode::of)
                        .toList();
    }

    /** Nodes and coordinator. */
    List<TestNode> members() {
        return members;
    }

    List<TestNode> nodes() {
        return members.stream().filter(each -> !each.id().equals(COORDINATOR)).toList();
    }

    /** Where clients go: to the coordinator, if there is one, else to all nodes. */
    List<TestNode> clientEnds() {
        return coordinator().map(List::of).orElseGet(this::nodes);
    }

    Optional<TestNode> coordinator() {
        return members.stream().filter(each -> each.id().equals(COORDINATOR)).findFirst();
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
                        .max(Comparator.comparing(each -> term(each.getValue())))
                        .map(each -> member(each.getKey())));
    }

    /** A node that follows, once there is a leader. */
    TestNode follower() {
        var leader = leader();
        return nodes().stream()
                .filter(each -> !each.equals(leader) && each.isRunning())
                .findFirst()
                .orElseThrow();
    }

    private static long term(Map<String, @Nullable Object> status) {
        return status.get("details") instanceof Map<?, ?> details && details.get("term") instanceof Long term
                ? term
                : 0;
    }

    /** What those nodes that answer say of themselves, by id. */
    Map<String, Map<String, @Nullable Object>> statuses() {
        var statuses = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        nodes().forEach(node -> node.status().ifPresent(status -> statuses.put(node.id(), status)));
        return statuses;
    }

    /** Waits until all nodes have applied the same index and show the same state hash. */
    void awaitAgreement() {
        Until.passes("all replicas hold the same", () -> {
            var states = new LinkedHashMap<String, String>();
            statuses().forEach((id, status) -> states.put(id, status.get("applied") + "/" + status.get("stateHash")));
            assertThat(states).hasSameSizeAs(nodes());
            assertThat(states.values())
                    .as("%s", states)
                    .containsOnly(states.values().iterator().next());
        });
    }

    // What is done to them

    /** kill -9, all of them before the first is looked after. */
    void kill(TestNode... victims) {
        var chosen = Arrays.stream(victims).map(victim -> member(victim.id())).toList();
        chosen.forEach(victim -> ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly));
        chosen.forEach(victim -> Until.holds(victim.id() + " is gone", () -> !victim.isRunning()));
    }

    /** Starts nodes again, and waits until they are ready; those that run are stopped before. */
    void restart(TestNode... nodes) {
        var words = new ArrayList<>(List.of("--wait", "2m"));
        Arrays.stream(nodes).map(TestNode::id).forEach(words::add);
        run("restart", words.toArray(String[]::new)).well();
        look();
    }

    /** Sends a signal, as STOP or TERM. */
    void signal(String signal, TestNode node) {
        try (var kill =
                cli.launch(List.of("kill", "-" + signal, "" + member(node.id()).pid()))) {
            kill.ended().well();
        }
    }

    void awaitHealth() {
        nodes().forEach(node -> Until.holds(node.id() + " is healthy", node::isHealthy));
    }

    // Its end

    /** Ends it, and looks that nothing is left. */
    @Override
    public void close() {
        look();
        members.stream().filter(TestNode::isRunning).forEach(node -> signal("CONT", node));
        var stopped = run("stop");
        var left = new LocalMachine()
                .processes().stream()
                        .filter(each -> each.commandLine()
                                .contains(members.get(0).cluster().toString()))
                        .toList();
        left.forEach(each -> ProcessHandle.of(each.pid()).ifPresent(ProcessHandle::destroyForcibly));
        assertThat(left).as("processes that outlived 'stop'").isEmpty();
        assertThat(stopped.well().err()).doesNotContain("killed");
        members.forEach(member -> member.ports().forEach(TestCluster::requireFree));
        run("rm", "--yes").well();
        assertThat(members.get(0).cluster()).doesNotExist();
    }

    private static void requireFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new AssertionError("port " + port + " is not free again", e);
        }
    }

    /** The ends of all logs, for whoever looks into a failure. */
    String tails() {
        var text = new StringBuilder();
        for (var member : members) {
            var lines = member.log().lines().toList();
            text.append("--- the end of the log of ")
                    .append(member.id())
                    .append(" in ")
                    .append(member.cluster());
            lines.subList(Math.max(0, lines.size() - 40), lines.size())
                    .forEach(line -> text.append("\n    ").append(line));
            text.append('\n');
        }
        return text.toString();
    }
}
