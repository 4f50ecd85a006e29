package dcluster.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What an algorithm, configured in a certain way, promises and needs.
 *
 * @param consistency what its clients may rely on, and what a checker holds it to
 * @param tolerates a sentence for people: the faults under which the promise holds
 * @param unserved the commands that it refuses, each with the reason: a lowercase clause for people
 * @param properties what else is true of it
 * @param invariants makers of its invariants, for one run each
 * @param settled makers of what is true once nobody writes any more, everything is mended and some time has passed
 * @param sometimes what must have happened somewhere in a large campaign of simulations, or the campaign has shown
 *     nothing: events that it {@linkplain Context#note notes}, and what a simulation counts by itself
 * @param operations the {@linkplain Command.Operation operations} that it offers to operators, in the order of their
 *     names (words of lower case, with dashes between): each with a sentence that says what it does and what arguments
 *     it takes
 */
public record Traits(
        Consistency consistency,
        String tolerates,
        Map<Class<? extends Command>, String> unserved,
        Set<Property> properties,
        List<Supplier<Invariant>> invariants,
        List<Supplier<Invariant>> settled,
        Set<String> sometimes,
        SortedMap<String, String> operations) {
    private static final Pattern OPERATION = Pattern.compile("[a-z]+(-[a-z]+)*");

    /** Consistency models, from the strongest to the weakest. */
    public enum Consistency {
        /** Transactions as if one after the other, in an order that agrees with real time. */
        STRICT_SERIALIZABLE,
        /** Each operation as if at one moment between its call and its answer. */
        LINEARIZABLE,
        /** A read returns the latest completed write or a concurrent one (Lamport 1986). */
        REGULAR,
        /** When writes cease and messages arrive, all replicas agree. */
        EVENTUAL
    }

    /** What runtimes and experiments must know of an algorithm. */
    public enum Property {
        /**
         * Writes of one connection may be in flight together and still take effect in order, or end as unknown or failed:
         * those that one replica was given, and one that it redirects after those that it has taken.
         */
        ORDERS_WRITES,
        /** One replica leads at times, and its {@link Status} names it. */
        HAS_LEADER,
        /** When writes cease and messages arrive, all replicas come to the same {@link Status#stateHash state}. */
        CONVERGES,
        /** It serves some keys at least while fewer than half of the nodes are lost. */
        OUTLIVES_A_MINORITY,
        /** What it promises holds only while the clocks on the walls of all nodes agree. */
        TRUSTS_CLOCKS,
        /**
         * A node that was {@linkplain Context#isWiped wiped} comes back: it is {@link Status#RECOVERING} and keeps out of
         * all that counts nodes, until it has learnt from a majority without itself what it may have promised, and holds
         * again what it may have acknowledged. Meanwhile a majority must be left that has not forgotten anything.
         */
        RECOVERS_FROM_WIPES
    }

    public Traits {
        unserved = Map.copyOf(unserved);
        properties = Set.copyOf(properties);
        invariants = List.copyOf(invariants);
        settled = List.copyOf(settled);
        sometimes = Collections.unmodifiableSortedSet(new TreeSet<>(sometimes));
        operations = Collections.unmodifiableSortedMap(new TreeMap<>(operations));
        for (var operation : operations.keySet()) {
            if (!OPERATION.matcher(operation).matches()) {
                throw new IllegalArgumentException("no name for an operation: " + operation);
            }
        }
    }

    /** Of an algorithm that offers operators nothing. */
    public Traits(
            Consistency consistency,
            String tolerates,
            Map<Class<? extends Command>, String> unserved,
            Set<Property> properties,
            List<Supplier<Invariant>> invariants,
            List<Supplier<Invariant>> settled,
            Set<String> sometimes) {
        this(
                consistency,
                tolerates,
                unserved,
                properties,
                invariants,
                settled,
                sometimes,
                Collections.emptySortedMap());
    }

    /** Of an algorithm of which nothing special is to happen, and that offers operators nothing. */
    public Traits(
            Consistency consistency,
            String tolerates,
            Map<Class<? extends Command>, String> unserved,
            Set<Property> properties,
            List<Supplier<Invariant>> invariants) {
        this(consistency, tolerates, unserved, properties, invariants, List.of(), Set.of());
    }

    public boolean has(Property property) {
        return properties.contains(property);
    }

    /** Whether it serves commands of that type; operations, whether it offers any. */
    public boolean serves(Class<? extends Command> type) {
        return type == Command.Operation.class ? !operations.isEmpty() : !unserved.containsKey(type);
    }

    /** Why it refuses a command or a part of it, as a lowercase sentence; empty if it serves it. */
    public Optional<String> refusal(Command command) {
        if (command instanceof Command.Operation operation) {
            return refusal(operation);
        }
        if (command instanceof Command.InSession inner && serves(Command.InSession.class)) {
            return refusal(inner.command());
        }
        if (command instanceof Command.Transaction transaction && serves(Command.Transaction.class)) {
            return transaction.commands().stream()
                    .flatMap(each -> refusal(each).stream())
                    .findFirst();
        }
        return Optional.ofNullable(unserved.get(command.getClass()))
                .map(reason -> "this algorithm, as configured, does not serve "
                        + command.getClass().getSimpleName() + ": " + reason);
    }

    private Optional<String> refusal(Command.Operation operation) {
        if (operations.containsKey(operation.name())) {
            return Optional.empty();
        }
        return Optional.of("this algorithm, as configured, has no operation '" + operation.name() + "'; "
                + (operations.isEmpty() ? "it has none" : "it has " + String.join(", ", operations.keySet())));
    }
}
