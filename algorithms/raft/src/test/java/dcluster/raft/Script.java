package dcluster.raft;

import dcluster.raft.Cluster.Flight;
import dcluster.raft.Cluster.Node;
import dcluster.raft.RaftConfig.ReadPath;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.RecordingContext.Replied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario that is written in lines and writes what happens beneath each. Nothing happens that no line asks for.
 *
 * <pre>
 * cluster 3 pre-vote=false ...   begins; options: pre-vote, check-quorum, reads, small, batch
 * timeout n1                     n1's clock moves until its election timeout has run out
 * tick n1|all 50ms               clocks move
 * put n1 a 1 | get n1 a          a client asks n1
 * durable n1|all [2]             what was journalled, or its next 2 records, becomes durable; held outputs leave
 * deliver [from] [to] [type]     all such messages in flight arrive, each in a turn of its own; * stands for any
 * backwards from to [type]       likewise, the last sent first
 * drop | repeat [from] [to] [type]
 * settle                         deliver and durable until nothing is left to do
 * cut n1 [n2] | heal             messages between n1 and n2 (or all) are lost when they would be delivered
 * crash n1 | restart n1 [2]      of what was not durable 2 records survive, else none
 * status | log
 * </pre>
 *
 * <p>{@code ->} is a message that waited for the disk, {@code =>} one that was sent eagerly.
 */
final class Script implements Cluster.Observer {
    private static final int MOST_ROUNDS = 50;

    private record Link(NodeId from, NodeId to) {}

    private final StringBuilder out = new StringBuilder();
    private final Map<NodeId, List<RaftRecord>> shownRecords = new HashMap<>();
    private final Map<String, String> asked = new HashMap<>();
    private final Set<Link> cut = new HashSet<>();
    private boolean afterComment;
    private @Nullable Cluster cluster;

    /** The commands of a text, which stand behind {@code >}, with what each does; comments are kept. */
    static String run(String text) {
        var script = new Script();
        text.lines()
                .filter(line -> line.startsWith(">") || line.startsWith("#"))
                .forEach(script::line);
        return script.out.toString();
    }

    private void line(String line) {
        boolean explained = line.startsWith(">") && afterComment;
        out.append(out.length() > 0 && !explained && !(afterComment && line.startsWith("#")) ? "\n" : "")
                .append(line)
                .append('\n');
        afterComment = line.startsWith("#");
        if (line.startsWith(">")) {
            execute(line.substring(1).strip().split(" +"));
        }
    }

    private void execute(String[] words) {
        switch (words[0]) {
            case "cluster" -> begin(words);
            case "timeout" -> timeout(node(words[1]));
            case "tick" -> nodes(words[1]).forEach(node -> cluster().advance(node, duration(words[2])));
            case "put" -> ask(words, new Command.Put(Bytes.utf8(words[2]), Bytes.utf8(words[3])));
            case "get" -> ask(words, new Command.Get(Bytes.utf8(words[2])));
            case "durable" -> durable(words);
            case "deliver" -> deliver(flights(words));
            case "backwards" -> deliver(reversed(flights(words)));
            case "drop" -> flights(words).forEach(this::drop);
            case "repeat" -> flights(words).forEach(flight -> cluster().repeat(flight));
            case "settle" -> settle();
            case "cut" -> cut(words);
            case "heal" -> cut.clear();
            case "crash" -> crash(node(words[1]));
            case "restart" -> restart(node(words[1]), words.length > 2 ? Integer.parseInt(words[2]) : 0);
            case "status" -> cluster().nodes().forEach(this::status);
            case "log" -> cluster().nodes().forEach(this::log);
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        }
        cluster().nodes().forEach(this::showRecords);
    }

    private void begin(String[] words) {
        var options = new LinkedHashMap<String, String>();
        for (int i = 2; i < words.length; i++) {
            int sign = words[i].indexOf('=');
            options.put(
                    sign < 0 ? words[i] : words[i].substring(0, sign),
                    sign < 0 ? "true" : words[i].substring(sign + 1));
        }
        boolean preVote = Boolean.parseBoolean(options.getOrDefault("pre-vote", "true"));
        boolean checkQuorum = Boolean.parseBoolean(options.getOrDefault("check-quorum", "true"));
        var reads = options.getOrDefault("reads", "read-index").equals("log") ? ReadPath.LOG : ReadPath.READ_INDEX;
        var config = options.containsKey("small")
                ? Configs.small(2, preVote, checkQuorum, reads)
                : Configs.of(preVote, checkQuorum, reads);
        if (options.containsKey("batch")) {
            var batch = Configs.amount(
                    Integer.parseInt(options.get("batch")),
                    config.batch().bytes().bytes());
            config = Configs.with(config, batch, config.pipeline(), config.inFlight(), config.snapshotEvery());
        }
        var begun = new Cluster(Integer.parseInt(words[1]), config, 1, this);
        cluster = begun;
        begun.start();
    }

    private Cluster cluster() {
        return Objects.requireNonNull(cluster, "a script begins with 'cluster'");
    }

    private Node node(String name) {
        return cluster().node(new NodeId(name));
    }

    private List<Node> nodes(String name) {
        return name.equals("all")
                ? cluster().nodes().stream().filter(node -> node.up).toList()
                : List.of(node(name));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + Double.parseDouble(text.replace("ms", "")) / 1000 + "S");
    }

    private void timeout(Node node) {
        // The timer may be early, since a leader that is heard does not restart it; then it runs on.
        for (int before = traces(node); traces(node) == before; ) {
            var rest = Objects.requireNonNull(node.context.timers().get(RaftTimer.ELECTION), "it waits for no leader");
            cluster().advance(node, rest);
        }
    }

    private int traces(Node node) {
        return out.length() + node.context.held() + node.context.records().size();
    }

    private void ask(String[] words, Command command) {
        var node = node(words[1]);
        asked.put(
                node.id + "/" + (node.requests + 1),
                String.join(" ", List.of(words).subList(2, words.length)));
        cluster().request(node, command);
    }

    private void durable(String[] words) {
        for (var node : nodes(words[1])) {
            if (words.length > 2) {
                cluster().durable(node, Integer.parseInt(words[2]));
            } else {
                cluster().durable(node);
            }
        }
    }

    // The network

    private List<Flight> flights(String[] words) {
        Predicate<Flight> chosen = flight -> true;
        if (words.length > 1 && !words[1].equals("*")) {
            chosen = chosen.and(flight -> flight.from().name().equals(words[1]));
        }
        if (words.length > 2 && !words[2].equals("*")) {
            chosen = chosen.and(flight -> flight.to().name().equals(words[2]));
        }
        if (words.length > 3) {
            chosen = chosen.and(
                    flight -> flight.message().getClass().getSimpleName().equals(words[3]));
        }
        return cluster().flights().stream().filter(chosen).toList();
    }

    private static List<Flight> reversed(List<Flight> flights) {
        var reversed = new ArrayList<>(flights);
        Collections.reverse(reversed);
        return reversed;
    }

    private void deliver(List<Flight> arriving) {
        for (var flight : arriving) {
            if (cut.contains(new Link(flight.from(), flight.to())) || !cluster().node(flight.to()).up) {
                drop(flight);
            } else {
                cluster().deliver(cluster().node(flight.to()), List.of(flight));
            }
        }
    }

    private void drop(Flight flight) {
        write("lost: " + flight.from() + " to " + flight.to() + " " + Text.of(flight.message()));
        cluster().drop(flight);
    }

    private void settle() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean quiet = cluster().flights().isEmpty()
                    && nodes("all").stream()
                            .allMatch(node -> node.context.toSelf().isEmpty()
                                    && node.context.durableCount()
                                            == node.context.records().size());
            if (quiet) {
                return;
            }
            deliver(cluster().flights().stream().toList());
            nodes("all").forEach(cluster()::durable);
        }
        throw new IllegalStateException("it does not settle");
    }

    private void cut(String[] words) {
        for (var other : cluster().nodes()) {
            if (words.length == 2 || other.id.name().equals(words[2])) {
                cut.add(new Link(other.id, new NodeId(words[1])));
                cut.add(new Link(new NodeId(words[1]), other.id));
            }
        }
    }

    // Processes

    private void crash(Node node) {
        var context = node.context;
        write(node.id + " dies, " + (context.records().size() - context.durableCount()) + " records not durable");
        cluster().crash(node);
    }

    private void restart(Node node, int survivors) {
        cluster().restart(node, survivors);
        write(node.id + " starts with " + node.context.records().size() + " records");
        shownRecords.put(node.id, node.context.records());
    }

    // Writing

    private void status(Node node) {
        var durable = node.raft.durable();
        var context = node.context;
        write(node.id + (node.up ? " " + node.raft.role().word() : " down") + " term=" + durable.term() + " vote="
                + durable.vote() + " commit=" + node.raft.commit() + " applied="
                + durable.machine().applied() + " lastIndex=" + durable.log().lastIndex() + " durable="
                + context.durableCount() + "/" + context.records().size() + " held=" + context.held());
    }

    private void log(Node node) {
        var log = node.raft.durable().log();
        write(node.id + " from " + log.firstIndex() + " "
                + Text.of(log.slice(log.firstIndex(), Integer.MAX_VALUE, Long.MAX_VALUE / 2)));
    }

    private void showRecords(Node node) {
        var records = node.context.records();
        var shown = shownRecords.getOrDefault(node.id, List.of());
        int common = 0;
        while (common < Math.min(shown.size(), records.size()) && shown.get(common) == records.get(common)) {
            common++;
        }
        if (common < shown.size()) {
            write(node.id + " has a new journal of " + records.size() + " records");
        } else {
            records.subList(common, records.size()).forEach(record -> write(node.id + " journals " + Text.of(record)));
        }
        shownRecords.put(node.id, records);
    }

    @Override
    public void sent(Flight flight, boolean eager) {
        showRecords(cluster().node(flight.from()));
        write(flight.from() + (eager ? " => " : " -> ") + flight.to() + " " + Text.of(flight.message()));
    }

    @Override
    public void replied(Node node, Replied reply) {
        write(node.id + " answers '" + asked.get(node.id + "/" + reply.request().id()) + "': "
                + Text.of(reply.response()) + (reply.eager() ? " (eagerly)" : ""));
    }

    @Override
    public void noted(Node node, String event, List<Object> details) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i + 1 < details.size(); i += 2) {
            pairs.add(details.get(i) + "=" + details.get(i + 1));
        }
        write(node.id + " " + event + pairs.stream().collect(Collectors.joining(" ", ": ", "")));
    }

    private void write(String line) {
        out.append("  ").append(line).append('\n');
    }
}
