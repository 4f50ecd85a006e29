package dcluster.checker.linear;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.history.UnfitException;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What an object is meant to do when its operations come one after the other. Each key is an object of its own. */
@SuppressWarnings("ImmutableEnumChecker") // Nothing in it ever changes.
public enum Model {
    /** A register with compare-and-set, and with append to a text; null at first. */
    REGISTER(() -> new Register(null), EnumSet.of(Function.READ, Function.WRITE, Function.APPEND, Function.CAS)),
    /** A number, to which is added; 0 at first. */
    COUNTER(() -> new Counter(BigInteger.ZERO), EnumSet.of(Function.ADD, Function.READ)),
    /** A set; its read gives all elements, in any order. Empty at first. */
    SET(() -> new Elements(PersistentSet.EMPTY), EnumSet.of(Function.ADD, Function.REMOVE, Function.READ)),
    /** A queue, first in, first out; empty at first, of which a dequeue gives null. */
    QUEUE(() -> new Queue(Pushed.newRoot(), 0), EnumSet.of(Function.ENQUEUE, Function.DEQUEUE)),
    /** A list that grows at its end; empty at first. */
    LIST(() -> new Sequence(Pushed.newRoot()), EnumSet.of(Function.PUSH, Function.READ));

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Supplier<State> initial;
    private final Set<Function> functions;

    Model(Supplier<State> initial, Set<Function> functions) {
        this.initial = initial;
        this.functions = functions;
    }

    /** The word for it on a command line. */
    public String word() {
        return word;
    }

    /** What its objects can do. */
    public Set<Function> functions() {
        return functions;
    }

    /** A new object. */
    State initial() {
        return initial.get();
    }

    /** Whether an operation says nothing, whenever it took effect and whether it did. */
    static boolean isMute(Operation operation) {
        return operation.outcome() == Operation.Outcome.FAIL
                || (operation.isIndeterminate() && operation.function() == Function.READ);
    }

    /** Whether an operation, as it ended, changes nothing in any state. */
    static boolean isObservation(Operation operation) {
        return switch (operation.function()) {
            case READ -> true;
            case CAS -> !operation.applied();
            case DEQUEUE -> operation.isOk() && operation.output() == null;
            default -> false;
        };
    }

    /**
     * Without the indeterminate operations that help no other: what puts in an element that nobody says to have seen
     * can be left out of any order, and whatever took that element out with it.
     */
    List<Operation> relevant(List<Operation> operations) {
        if (this == REGISTER || this == COUNTER) {
            return operations;
        }
        var seen = new HashSet<Object>();
        for (var operation : operations) {
            if (operation.isOk() && operation.output() instanceof List<?> elements) {
                seen.addAll(elements);
            }
            if (operation.isOk() && operation.output() != null) {
                seen.add(operation.output());
            }
        }
        return operations.stream()
                .filter(operation -> !operation.isIndeterminate()
                        || !operation.function().putsIn()
                        || seen.contains(operation.input()))
                .toList();
    }

    /** What each of some operations comes to, as far as the others can tell. */
    UnaryOperator<Operation> meaning(List<Operation> operations) {
        return this == REGISTER ? UnseenValues.of(operations) : UnaryOperator.identity();
    }

    /**
     * Refuses what its objects cannot be asked or cannot answer.
     *
     * @throws UnfitException that names the line
     */
    void requireFits(Operation operation) {
        if (!functions.contains(operation.function())) {
            throw new UnfitException(
                    operation.invoked(),
                    "a " + word() + " has no " + operation.function().word());
        }
        if (!isRightKind(operation)) {
            throw new UnfitException(
                    operation.invoked(),
                    "a " + word() + " has no such value: " + operation.value() + "; a counter has whole numbers,"
                            + " a read of a set or a list gives a list");
        }
    }

    private boolean isRightKind(Operation operation) {
        boolean isReadResult = operation.function() == Function.READ && operation.isOk();
        return switch (this) {
            case COUNTER ->
                (operation.function() == Function.READ && !isReadResult)
                        || operation.value() instanceof Long
                        || operation.value() instanceof BigInteger;
            case SET, LIST -> !isReadResult || operation.output() == null || operation.output() instanceof List;
            case REGISTER, QUEUE -> true;
        };
    }
}
