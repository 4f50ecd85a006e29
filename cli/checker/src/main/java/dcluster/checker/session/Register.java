package dcluster.checker.session;

import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import dcluster.checker.register.Versions;
import dcluster.checker.session.Order.Hop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One key: what its sessions did, which versions they may have seen, and what that says of the versions' order. */
final class Register {
    /** No version is known: not a read, or one that may have seen several. */
    static final int NONE = -1;

    private final Versions versions;
    private final List<Operation> operations;
    private final Map<Long, List<Integer>> sessions = new LinkedHashMap<>();

    /** Of each operation the version that it saw. */
    private final int[] seen;

    private final List<Integer> ambiguous = new ArrayList<>();
    private final List<Operation> unwritten = new ArrayList<>();

    /** {@code operations} are those of the key, in order of their invocations. */
    Register(List<Operation> operations) {
        versions = new Versions(operations);
        this.operations = operations.stream()
                .filter(operation -> Access.reads(operation) || Access.writes(operation))
                .toList();
        seen = new int[this.operations.size()];
        Arrays.fill(seen, NONE);
        for (int i = 0; i < seen.length; i++) {
            var operation = this.operations.get(i);
            sessions.computeIfAbsent(operation.client(), client -> new ArrayList<>())
                    .add(i);
            if (Access.reads(operation)) {
                resolve(i, versions.candidates(operation));
            }
        }
    }

    private void resolve(int read, List<Integer> candidates) {
        switch (candidates.size()) {
            case 0 -> unwritten.add(operations.get(read));
            case 1 -> seen[read] = candidates.get(0);
            default -> ambiguous.add(read);
        }
    }

    /** The reads whose value nobody had begun to write. */
    List<Operation> unwritten() {
        return unwritten;
    }

    /** The reads that may have seen more than one version, by their numbers. */
    List<Integer> ambiguous() {
        return ambiguous;
    }

    /** The versions that an operation may have seen. */
    List<Integer> candidates(int read) {
        return versions.candidates(operations.get(read));
    }

    Operation operation(int number) {
        return operations.get(number);
    }

    int size() {
        return operations.size();
    }

    /** Says which version an ambiguous read saw. */
    void assign(int read, int version) {
        seen[read] = version;
    }

    /** A circle of versions if the guarantees cannot hold together as reads are assigned now; else empty. */
    List<Hop> contradiction(Set<Guarantee> guarantees) {
        var order = new Order(versions.count());
        for (var session : sessions.values()) {
            for (var guarantee : guarantees) {
                switch (guarantee) {
                    case MONOTONIC_READS, MONOTONIC_WRITES -> addNeighbours(order, session, guarantee);
                    case READ_YOUR_WRITES, WRITES_FOLLOW_READS -> addAllBefore(order, session, guarantee);
                }
            }
        }
        if (Arrays.stream(seen).anyMatch(version -> version == Versions.FIRST)) {
            for (int version = 1; version < versions.count(); version++) {
                order.add(new Hop(Versions.FIRST, version, null, null, null));
            }
        }
        return order.contradiction();
    }

    /** Of operations of one kind it is enough that each comes not later than the next. */
    private void addNeighbours(Order order, List<Integer> session, Guarantee guarantee) {
        boolean ofReads = guarantee == Guarantee.MONOTONIC_READS;
        int before = NONE;
        int earlier = NONE;
        for (int later : session) {
            int version = ofReads ? seen[later] : written(later);
            if (version == NONE) {
                continue;
            }
            if (before != NONE) {
                order.add(new Hop(before, version, guarantee, operation(earlier), operation(later)));
            }
            if (ofReads || operation(later).isOk()) {
                before = version;
                earlier = later;
            }
        }
    }

    /** Each version that was written, or read, comes not later than any that is read, or written, after it. */
    private void addAllBefore(Order order, List<Integer> session, Guarantee guarantee) {
        boolean ofWrites = guarantee == Guarantee.READ_YOUR_WRITES;
        int hub = NONE;
        for (int number : session) {
            var operation = operation(number);
            int later = ofWrites ? seen[number] : written(number);
            // A compare-and-set reads before it writes.
            if (ofWrites && later != NONE && hub != NONE) {
                order.add(new Hop(hub, later, guarantee, null, operation));
            }
            int earlier = ofWrites ? writtenForSure(number) : seen[number];
            if (earlier != NONE) {
                int next = order.hub();
                if (hub != NONE) {
                    order.add(new Hop(hub, next, guarantee, null, null));
                }
                order.add(new Hop(earlier, next, guarantee, operation, null));
                hub = next;
            }
            if (!ofWrites && later != NONE && hub != NONE) {
                order.add(new Hop(hub, later, guarantee, null, operation));
            }
        }
    }

    private int written(int number) {
        return Access.writes(operation(number)) ? versions.of(operation(number)) : NONE;
    }

    private int writtenForSure(int number) {
        return operation(number).isOk() ? written(number) : NONE;
    }

    /** The value of a version, as text. */
    String value(int version) {
        return String.valueOf(versions.value(version));
    }
}
