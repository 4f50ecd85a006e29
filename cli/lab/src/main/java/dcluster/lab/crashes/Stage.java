package dcluster.lab.crashes;

import dcluster.simulation.Answer;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Trace;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A simulated cluster that has begun, and who holds which keys in it. */
final class Stage {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1000 * MILLISECOND;

    private static final long BEGINNING_NANOS = SECOND;
    private static final String LOCKED = "locked keys";

    /** What says that something is not finished, in the status of a member. */
    private static final List<String> OPEN = List.of(LOCKED, "executed", "prepared", "under way", "unacknowledged");

    private final Simulation<?> simulation;
    private final NodeId coordinator;
    private final Map<String, NodeId> owners = new LinkedHashMap<>();

    /** With so many keys, {@code k0} and so on, whose owners are asked for. */
    Stage(Population<?, ?, ?, ?> population, int keys, long seed) {
        simulation = new Simulation<>(population, seed, Trace.NONE);
        coordinator = population.members().coordinator().orElseThrow().id();
        simulation.run(BEGINNING_NANOS);
        var names = IntStream.range(0, keys).mapToObj(i -> "k" + i).toList();
        for (var row : ask(simulation.ids().get(0), "owner", names)) {
            owners.put(row.get(0), new NodeId(row.get(1)));
        }
    }

    Simulation<?> simulation() {
        return simulation;
    }

    NodeId coordinator() {
        return coordinator;
    }

    /** The participants. */
    List<NodeId> nodes() {
        return simulation.ids().stream().filter(id -> !id.equals(coordinator)).toList();
    }

    /** All keys, with their owners. */
    Map<String, NodeId> owners() {
        return owners;
    }

    /** The first key of a node. */
    String keyOf(NodeId node) {
        return owners.entrySet().stream()
                .filter(each -> each.getValue().equals(node))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no key lies at " + node));
    }

    /** The rows of what an operation finds; none if nothing came. Time passes until then. */
    private List<List<String>> ask(NodeId at, String operation, List<String> arguments) {
        var rows = new ArrayList<List<String>>();
        simulation.submit(at, new Command.Operation(operation, arguments), answer -> rows.addAll(rows(answer)));
        simulation.run(simulation.now() + SECOND);
        return rows;
    }

    /** Has a node tell what it has in doubt, whenever it answers. */
    void tellDoubts(NodeId at, List<String> into) {
        simulation.submit(
                at,
                new Command.Operation("in-doubt", List.of()),
                answer -> rows(answer).forEach(row -> into.add(row.get(0))));
    }

    private static List<List<String>> rows(Answer answer) {
        return ok(answer)
                .filter(Result.Table.class::isInstance)
                .map(table -> ((Result.Table) table).rows())
                .orElse(List.of());
    }

    static Optional<Result> ok(Answer answer) {
        return answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ok
                ? Optional.of(ok.result())
                : Optional.empty();
    }

    /** How many keys are locked at a node; 0 if it is down. */
    long lockedAt(NodeId node) {
        return figure(node, LOCKED);
    }

    /** How much all members hold that is not finished: locks, votes, decisions that others do not know. */
    long open() {
        return simulation.ids().stream()
                .mapToLong(id ->
                        OPEN.stream().mapToLong(figure -> figure(id, figure)).sum())
                .sum();
    }

    private long figure(NodeId node, String name) {
        return simulation
                .status(node)
                .map(status -> status.details().get(name))
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).longValue())
                .orElse(0L);
    }

    /** What a key holds, once a read is answered; empty if none is within some seconds. */
    Optional<String> read(String key, NodeId at) {
        var found = new ArrayList<String>();
        for (int attempt = 0; attempt < 10 && found.isEmpty(); attempt++) {
            simulation.submit(
                    at,
                    new Command.Get(Bytes.utf8(key)),
                    answer -> ok(answer).ifPresent(result -> found.add(text(result))));
            simulation.run(simulation.now() + SECOND);
        }
        return found.stream().findFirst();
    }

    private static String text(Result result) {
        return result instanceof Result.Found found ? found.value().toUtf8() : "";
    }
}
