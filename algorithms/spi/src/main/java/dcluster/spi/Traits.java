package dcluster.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

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
 */
public record Traits(
        Consistency consistency,
        String tolerates,
        Map<Class<? extends Command>, String> unserved,
        Set<Property> properties,
        List<Supplier<Invariant>> invariants,
        List<Supplier<Invariant>> settled,
        Set<String> sometimes) {

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
        TRUSTS_CLOCKS
    }

    public Traits {
        unserved = Map.copyOf(unserved);
        properties = Set.copyOf(properties);
        invariants = List.copyOf(invariants);
        settled = List.copyOf(settled);
        sometimes = Collections.unmodifiableSortedSet(new TreeSet<>(sometimes));
    }

    /** Of an algorithm of which nothing special is to happen. */
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

    /** Whether it serves commands of that type. */
    public boolean serves(Class<? extends Command> type) {
        return !unserved.containsKey(type);
    }

    /** Why it refuses a command or a part of it, as a lowercase sentence; empty if it serves it. */
    public Optional<String> refusal(Command command) {
        if (command instanceof Command.Transaction transaction && serves(Command.Transaction.class)) {
            return transaction.commands().stream()
                    .flatMap(each -> refusal(each).stream())
                    .findFirst();
        }
        return Optional.ofNullable(unserved.get(command.getClass()))
                .map(reason -> "this algorithm, as configured, does not serve "
                        + command.getClass().getSimpleName() + ": " + reason);
    }
}
