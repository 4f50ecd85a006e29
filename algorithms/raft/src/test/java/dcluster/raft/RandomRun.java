package dcluster.raft;

import dcluster.raft.Cluster.Flight;
import dcluster.raft.Cluster.Node;
import dcluster.raft.RaftConfig.ReadPath;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.RecordingContext.Replied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A cluster under random faults for a while, then healed: all that happens is drawn from one seed. Which kinds of
 * faults a run knows, and how often they strike, is drawn first, so that runs differ in kind.
 */
final class RandomRun implements Cluster.Observer {
    private static final int STEPS = 1200;
    private static final int MOST_FLIGHTS = 200;
    private static final Bytes[] KEYS = {Bytes.utf8("x"), Bytes.utf8("y")};

    /** Rare things that a campaign must have met to mean anything. */
    enum Sometimes {
        ELECTED,
        TWO_LEADERS_AT_ONCE,
        LOST_A_TAIL,
        LEADER_LOST_A_TAIL,
        INSTALLED_A_SNAPSHOT,
        SENT_A_CHUNK_WITHOUT_WAITING,
        MET_A_CHUNK_TOO_EARLY,
        SENT_A_CHUNK_AGAIN,
        CRASHED_WHILE_INSTALLING,
        RESTARTED_IN_THE_MIDST_OF_A_REWRITING,
        LOST_ITS_QUORUM,
        LEFT_UNKNOWN,
        ANSWERED_READS,
        ACKNOWLEDGED,
        TRUNCATED,
        REWROTE_A_JOURNAL
    }

    private record Link(NodeId from, NodeId to) {}

    final Map<Sometimes, Integer> met = new EnumMap<>(Sometimes.class);
    private final ChunkWatch chunks = new ChunkWatch(this::meet);
    private int digest;
    private final SplittableRandom random;
    private final Cluster cluster;
    private final ListHistory history = new ListHistory();
    private final Set<Link> cut = new HashSet<>();
    private final Set<NodeId> paused = new HashSet<>();
    private final boolean churn;
    private final double lossRate;
    private final double repeatRate;
    private final double disorderRate;
    private final double faultRate;
    private final boolean crashes;
    private final boolean partitions;
    private final boolean pauses;
    private final boolean hurries;
    private long elements;

    RandomRun(long seed) {
        random = new SplittableRandom(seed);
        int size = random.nextInt(10) == 0 ? 1 : random.nextInt(3) == 0 ? 5 : 3;
        // Every fourth run has one leader after the other, and entries that travel alone: what figure 8 is made of.
        churn = random.nextInt(4) == 0;
        var reads = random.nextInt(5) == 0 ? ReadPath.LOG : ReadPath.READ_INDEX;
        var config = Configs.small(
                churn ? 0 : random.nextInt(3), !churn && random.nextBoolean(), !churn && random.nextBoolean(), reads);
        lossRate = random.nextBoolean() ? random.nextDouble(churn ? 0.6 : 0.2) : 0;
        repeatRate = random.nextBoolean() ? random.nextDouble(0.2) : 0;
        disorderRate = random.nextBoolean() ? random.nextDouble(1) : 0;
        faultRate = churn ? random.nextDouble(0.03, 0.1) : random.nextDouble(0.06);
        crashes = random.nextInt(4) != 0;
        partitions = random.nextBoolean();
        pauses = random.nextInt(3) == 0;
        hurries = churn || random.nextBoolean();
        cluster = new Cluster(size, config, seed, this);
    }

    void run() {
        cluster.start();
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        heal();
        judge();
    }

    private void step() {
        double kind = random.nextDouble();
        if (kind < faultRate) {
            fault();
        } else if (kind < 0.12) {
            ask(random.nextInt(4) == 0 ? anyNode() : anyLeader());
        } else if (kind < 0.25) {
            var pace = random.nextInt(1, 40);
            awake().forEach(node -> cluster.advance(node, Duration.ofMillis(random.nextInt(pace + 1))));
            observeLeaders();
        } else if (kind < 0.5) {
            sync(anyNode());
        } else {
            network();
        }
    }

    // Clients

    private void ask(Node node) {
        if (isAwake(node)) {
            var key = KEYS[random.nextInt(KEYS.length)];
            invoke(node, random.nextInt(3) == 0 ? new Command.ReadList(key, 0, -1) : append(key));
        }
    }

    private Command append(Bytes key) {
        return new Command.Append(key, List.of(Bytes.utf8("e" + ++elements)));
    }

    private void invoke(Node node, Command command) {
        // The context numbers its requests from 1, and answers may come before request() returns.
        history.invoke(node.id, node.requests + 1, command);
        cluster.request(node, command);
    }

    @Override
    public void replied(Node node, Replied reply) {
        history.complete(node.id, reply.request().id(), reply.response());
    }

    @Override
    public void noted(Node node, String event, List<Object> details) {
        switch (event) {
            case "elected" -> meet(Sometimes.ELECTED);
            case "installed a snapshot" -> meet(Sometimes.INSTALLED_A_SNAPSHOT);
            case "rewrites its journal" -> meet(Sometimes.REWROTE_A_JOURNAL);
            case "lost its quorum" -> meet(Sometimes.LOST_ITS_QUORUM);
            default -> {}
        }
    }

    @Override
    public void sent(Flight flight, boolean eager) {
        digest = 31 * digest + flight.message().hashCode();
        chunks.sent(flight, cluster.flights());
    }

    /** Stands for all messages in their order. */
    int digest() {
        return digest;
    }

    // Disks, processes, network

    private void sync(Node node) {
        if (!isAwake(node)) {
            return;
        }
        if (random.nextInt(3) == 0) {
            cluster.durable(node, random.nextInt(3));
        } else {
            cluster.durable(node);
        }
        if (random.nextInt(20) == 0) {
            cluster.checkShadow(node);
        }
    }

    private void network() {
        if (cluster.flights().isEmpty()) {
            return;
        }
        var first = cluster.flights().get(random.nextInt(cluster.flights().size()));
        if (paused.contains(first.to())) {
            return;
        }
        var node = cluster.node(first.to());
        var waiting = cluster.flights().stream()
                .filter(flight -> flight.to().equals(node.id))
                .toList();
        var arriving = new ArrayList<Flight>();
        int most = random.nextInt(1, 5);
        for (int i = 0; i < Math.min(most, waiting.size()); i++) {
            boolean disordered = random.nextDouble() < disorderRate;
            var flight = waiting.get(disordered ? random.nextInt(waiting.size()) : i);
            if (random.nextDouble() < lossRate || cut.contains(new Link(flight.from(), flight.to()))) {
                cluster.drop(flight);
            } else if (!arriving.contains(flight)) {
                arriving.add(flight);
                if (random.nextDouble() < repeatRate) {
                    cluster.repeat(flight);
                }
            }
        }
        var log = node.raft.durable().log();
        long last = log.lastIndex();
        long lastTerm = log.lastTerm();
        chunks.arriving(node, arriving);
        cluster.deliver(node, arriving);
        if (log.lastIndex() < last || (log.firstIndex() <= last && log.termAt(last) != lastTerm)) {
            meet(Sometimes.TRUNCATED);
        }
        while (cluster.flights().size() > MOST_FLIGHTS) {
            cluster.drop(cluster.flights().get(0));
        }
    }

    private void fault() {
        var node = random.nextInt(3) == 0 ? anyLeader() : anyNode();
        switch (random.nextInt(churn ? 10 : 4)) {
            case 0 -> onlyIf(crashes, () -> crashOrRestart(node));
            case 1 -> onlyIf(partitions, () -> partition(node));
            case 2 -> onlyIf(pauses, () -> pauseOrResume(node));
            default -> onlyIf(hurries, () -> hurry(node));
        }
    }

    private static void onlyIf(boolean kind, Runnable fault) {
        if (kind) {
            fault.run();
        }
    }

    private void pauseOrResume(Node node) {
        if (!paused.remove(node.id)) {
            paused.add(node.id);
        }
    }

    /**
     * A clock that leaps, or two: an election timeout runs out although the leader lives. Half of the time questions
     * and answers overtake everything else, so that elections are frequent, and a voter may die in their midst.
     */
    private void hurry(Node node) {
        var rivals = random.nextBoolean() ? List.of(node) : List.of(node, anyNode());
        var standing = rivals.stream().filter(this::isAwake).toList();
        standing.forEach(rival -> cluster.advance(rival, Duration.ofMillis(random.nextInt(100, 301))));
        if (random.nextBoolean()) {
            standing.stream().filter(rival -> random.nextInt(3) != 0).forEach(cluster::durable);
            for (int way = 0; way < 2; way++) {
                for (var rival : standing) {
                    vote(rival);
                }
            }
        }
    }

    private void vote(Node candidate) {
        var voters = awake().stream().filter(voter -> random.nextInt(3) != 0).toList();
        voters.forEach(voter -> hastenVotes(voter, candidate));
        voters.forEach(voter -> hastenVotes(candidate, voter));
        if (crashes && random.nextInt(3) == 0) {
            crashOrRestart(random.nextBoolean() ? candidate : anyNode());
        }
        voters.stream().filter(this::isAwake).forEach(cluster::durable);
    }

    private void hastenVotes(Node to, Node from) {
        cluster.deliver(
                to,
                cluster.flights().stream()
                        .filter(flight ->
                                flight.to().equals(to.id) && flight.from().equals(from.id))
                        .filter(flight -> flight.message() instanceof RaftMessage.RequestVote
                                || flight.message() instanceof RaftMessage.VoteReply)
                        .toList());
    }

    private void crashOrRestart(Node node) {
        if (!node.up) {
            restart(node);
            return;
        }
        cluster.crash(node);
        if (node.raft.durable().incoming() != null) {
            meet(Sometimes.CRASHED_WHILE_INSTALLING);
        }
        if (node.context.rewriting()) {
            meet(Sometimes.RESTARTED_IN_THE_MIDST_OF_A_REWRITING);
        }
        if (random.nextBoolean()) {
            restart(node);
        }
    }

    private void restart(Node node) {
        int undurable = node.context.records().size() - node.context.durableCount();
        int survivors = random.nextInt(undurable + 1);
        if (survivors < undurable) {
            meet(Sometimes.LOST_A_TAIL);
            if (node.raft.role() == Role.LEADER) {
                meet(Sometimes.LEADER_LOST_A_TAIL);
            }
        }
        cluster.restart(node, survivors);
    }

    /** Cuts off a node both ways or one way, or cuts each link with some chance, or heals all. */
    private void partition(Node node) {
        int kind = random.nextInt(5);
        for (var other : cluster.nodes()) {
            if (kind == 0 || kind == 1) {
                cut.add(new Link(other.id, node.id));
            }
            if (kind == 0 || kind == 2) {
                cut.add(new Link(node.id, other.id));
            }
            if (kind == 3 && random.nextBoolean()) {
                cut.add(new Link(other.id, anyNode().id));
            }
        }
        if (kind == 4) {
            cut.clear();
        }
    }

    private void observeLeaders() {
        long leaders = cluster.nodes().stream()
                .filter(node -> node.up && node.raft.role() == Role.LEADER)
                .count();
        if (leaders > 1) {
            meet(Sometimes.TWO_LEADERS_AT_ONCE);
        }
    }

    // The end

    private void heal() {
        cut.clear();
        paused.clear();
        cluster.nodes().stream().filter(node -> !node.up).forEach(this::restart);
        int before = history.acknowledged();
        for (int millis = 0; history.acknowledged() == before || !agree(); millis += 5) {
            if (millis > 3000) {
                throw new AssertionError("no progress within ten election timeouts after all was healed");
            }
            if (history.acknowledged() == before) {
                cluster.nodes().stream()
                        .filter(node -> node.raft.role() == Role.LEADER)
                        .forEach(node -> invoke(node, append(KEYS[0])));
            }
            cluster.calmly(Duration.ofMillis(5), flight -> true);
        }
        cluster.nodes().forEach(cluster::checkShadow);
    }

    private boolean agree() {
        var first = cluster.nodes().get(0).raft.durable();
        return cluster.nodes().stream()
                .map(node -> node.raft.durable())
                .allMatch(durable -> durable.machine().applied()
                                == first.machine().applied()
                        && durable.machine().hash() == first.machine().hash()
                        && durable.log().lastIndex() == durable.machine().applied());
    }

    private void judge() {
        for (var key : KEYS) {
            var command = new Command.ReadList(key, 0, -1);
            var answer = (Response.Ok)
                    cluster.nodes().get(0).raft.durable().machine().read(command);
            history.judge(key, ((Result.Elements) answer.result()).elements());
        }
        met.merge(Sometimes.ACKNOWLEDGED, history.acknowledged(), Integer::sum);
        met.merge(Sometimes.LEFT_UNKNOWN, history.unknown(), Integer::sum);
        met.merge(Sometimes.ANSWERED_READS, history.reads(), Integer::sum);
    }

    private void meet(Sometimes what) {
        met.merge(what, 1, Integer::sum);
    }

    private Node anyNode() {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    }

    /** A node that believes to lead, if there is one. */
    private Node anyLeader() {
        var leaders =
                awake().stream().filter(node -> node.raft.role() == Role.LEADER).toList();
        return leaders.isEmpty() ? anyNode() : leaders.get(random.nextInt(leaders.size()));
    }

    private List<Node> awake() {
        return cluster.nodes().stream().filter(this::isAwake).toList();
    }

    private boolean isAwake(Node node) {
        return node.up && !paused.contains(node.id);
    }
}
