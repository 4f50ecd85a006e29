package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.simulation.FaultWords;
import dcluster.simulation.Violation;
import dcluster.spi.Command;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds carts to their promise (DeCandia and others 2007): nothing that was put into one is ever lost, once that was
 * acknowledged. Who writes keeps all that it has seen, so whatever replaces an element's write holds the element as well.
 */
final class Carts {
    private static final String WORD = "cart";

    private Carts() {}

    /** Whether clients may see siblings and write their merge. */
    static boolean areServed(Traits traits) {
        return traits.serves(Command.ReadSiblings.class) && traits.serves(Command.Merge.class);
    }

    /** The name of one. */
    static String key(int number) {
        return WORD + number;
    }

    /**
     * Checks what reads found. Where a read sees what was written before it, it misses nothing that was acknowledged when
     * it began. Where it need not, that is so from the moment on at which all is settled, if the algorithm says that this
     * moment comes.
     *
     * @param settled nanoseconds of virtual time
     * @throws Violation if a read misses something, or finds what nobody put there
     */
    static void require(Traits traits, long settled, List<Operation> operations) {
        long since = since(traits, settled);
        byKey(operations).values().forEach(ofCart -> {
            for (var read : ofCart) {
                if (read.function() == Function.READ && read.isOk()) {
                    requireWritten(read, ofCart);
                    if (read.invokeTime() >= since) {
                        requireComplete(read, ofCart);
                    }
                }
            }
        });
    }

    private static long since(Traits traits, long settled) {
        if (traits.consistency() != Consistency.EVENTUAL) {
            return 0;
        }
        boolean settles = traits.has(Property.CONVERGES) || !traits.settled().isEmpty();
        return settles ? settled : Long.MAX_VALUE;
    }

    private static Map<String, List<Operation>> byKey(List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.key() != null && operation.key().startsWith(WORD))
                .collect(Collectors.groupingBy(
                        operation -> String.valueOf(operation.key()), TreeMap::new, Collectors.toList()));
    }

    private static void requireWritten(Operation read, List<Operation> ofCart) {
        var written = ofCart.stream()
                .filter(put -> put.function() == Function.ADD && put.outcome() != Operation.Outcome.FAIL)
                .filter(put -> put.invoked() < read.ended())
                .map(Operation::input)
                .collect(Collectors.toSet());
        for (var element : elements(read)) {
            if (!written.contains(element)) {
                throw new Violation(
                        "No Invented Writes", found(read) + " holds " + element + ", which nobody put there");
            }
        }
    }

    private static void requireComplete(Operation read, List<Operation> ofCart) {
        var there = elements(read);
        for (var put : ofCart) {
            boolean isAcknowledged = put.function() == Function.ADD && put.isOk() && put.ended() < read.invoked();
            if (isAcknowledged && !there.contains(put.input())) {
                throw new Violation(
                        "No Lost Writes",
                        found(read) + " misses " + put.input() + ", which " + put.node() + " had acknowledged after "
                                + FaultWords.time(put.endTime()));
            }
        }
    }

    private static Collection<?> elements(Operation read) {
        return (List<?>) Objects.requireNonNull(read.output());
    }

    private static String found(Operation read) {
        return read.key() + " as " + read.node() + " showed it after " + FaultWords.time(read.endTime());
    }
}
