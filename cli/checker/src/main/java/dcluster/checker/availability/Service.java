package dcluster.checker.availability;

import dcluster.checker.history.Clock;
import dcluster.checker.history.Event;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Measures how clients were served. */
public final class Service {
    private static final String NEMESIS = "nemesis";

    /** So many of the longest outages, and of the operations that were asked in vain, are shown. */
    private static final int SHOWN = 10;

    private final Clock clock;
    private final List<Event> faults;
    private final Duration slice;

    private Service(History history, Duration slice) {
        clock = new Clock(history);
        faults = history.notes().stream()
                .filter(note -> note.process().equals(NEMESIS))
                .toList();
        this.slice = slice;
    }

    /**
     * Measures a history of whatever operations, with counts for each slice of time.
     *
     * @throws IllegalArgumentException if the slice is not longer than nothing
     */
    public static Availability measure(History history, Duration slice) {
        if (slice.isNegative() || slice.isZero()) {
            throw new IllegalArgumentException("a slice of time must be longer than nothing, not " + slice);
        }
        var service = new Service(history, slice);
        var byNode = history.operations().stream()
                .filter(operation -> operation.node() != null)
                .collect(Collectors.groupingBy(
                        operation -> Objects.requireNonNull(operation.node()), TreeMap::new, Collectors.toList()));
        var nodes = new TreeMap<String, Side>();
        byNode.forEach((node, operations) -> nodes.put(node, service.side(node, operations)));
        return new Availability(service.side("all nodes", history.operations()), nodes);
    }

    private Side side(String name, List<Operation> operations) {
        var recoveries = new Recoveries(clock, faults);
        var longest = new PriorityQueue<>(Comparator.comparing(Outage::length));
        Outages.find(operations, clock, outage -> {
            recoveries.take(outage);
            longest.add(outage);
            if (longest.size() > SHOWN) {
                longest.remove();
            }
        });
        var slices = new Slices(clock, slice);
        operations.forEach(slices::take);
        var answered = operations.stream().filter(Operation::isOk).toList();
        int lastAnswered =
                answered.isEmpty() ? 0 : answered.get(answered.size() - 1).invoked();
        var inVain = operations.stream().filter(operation -> !operation.isOk()).limit(SHOWN);
        return new Side(
                name,
                operations.size(),
                answered.size(),
                inVain.toList(),
                longest.stream()
                        .sorted(Comparator.comparing(Outage::length).reversed())
                        .toList(),
                slices.told(),
                recoveries.told(lastAnswered));
    }
}
