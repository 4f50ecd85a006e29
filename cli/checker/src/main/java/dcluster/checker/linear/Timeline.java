package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import dcluster.checker.linear.Allowance.Spent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations on one object, laid out for the search. A search decides only at returns: at the moment at which an
 * operation has ended, it must have taken effect. Of each return this knows which operations could take effect before
 * it: those that are open then, the one that returns next first, and all indeterminate ones that were invoked before.
 *
 * <p>An open operation has a slot, a bit of a set; a slot is free again after the return. Operations that do the same
 * and say the same are of one kind: which of them takes effect first makes no difference to the object.
 */
final class Timeline {
    private final UnaryOperator<Operation> meaning;
    private final Operation[] determinate;
    private final Operation[] indeterminate;
    private final Operation[] meanings;
    private final int[] slots;
    private final int[] kinds;
    private final BitSet observations = new BitSet();
    private final int[] open;
    private final int[] openFrom;
    private final int[] indeterminateBefore;
    private final int slotCount;

    /** What makes two operations of one kind. */
    private record Kind(
            Object function,
            @Nullable Object input,
            @Nullable Object output,
            Object outcome,
            boolean applied) {
        static Kind of(Operation operation) {
            return new Kind(
                    operation.function(),
                    operation.input(),
                    operation.function().observes() ? operation.output() : null,
                    operation.outcome(),
                    operation.applied());
        }
    }

    /**
     * {@code meaning} is what an operation comes to, as far as the others can tell. What is open is kept for each return:
     * with very many clients at the same time that may be more than the memory that is left.
     */
    Timeline(List<Operation> operations, UnaryOperator<Operation> meaning, Allowance allowance) throws Spent {
        this.meaning = meaning;
        var speaking = operations.stream()
                .filter(operation -> !Model.isMute(operation))
                .toList();
        determinate = speaking.stream()
                .filter(Operation::isOk)
                .sorted(Comparator.comparingInt(Operation::ended))
                .toArray(Operation[]::new);
        indeterminate = speaking.stream()
                .filter(Operation::isIndeterminate)
                .sorted(Comparator.comparingInt(Operation::invoked))
                .toArray(Operation[]::new);
        meanings = Stream.concat(Arrays.stream(determinate), Arrays.stream(indeterminate))
                .map(meaning)
                .toArray(Operation[]::new);
        kinds = kinds();
        IntStream.range(0, determinate.length)
                .filter(i -> Model.isObservation(determinate[i]))
                .forEach(observations::set);
        slots = new int[determinate.length];
        openFrom = new int[determinate.length + 1];
        indeterminateBefore = new int[determinate.length];
        countIndeterminate();
        var layout = new Layout(allowance);
        slotCount = layout.slotCount;
        open = layout.open;
    }

    /** Whether each operation means just what it says. */
    boolean isExact() {
        return Arrays.equals(
                meanings,
                Stream.concat(Arrays.stream(determinate), Arrays.stream(indeterminate))
                        .toArray());
    }

    /** The same with operations that mean what they say. */
    Timeline exact(Allowance allowance) throws Spent {
        return new Timeline(
                IntStream.range(0, size()).mapToObj(this::operation).toList(), operation -> operation, allowance);
    }

    /** That of other operations on the object. */
    Timeline of(List<Operation> others, Allowance allowance) throws Spent {
        return new Timeline(others, meaning, allowance);
    }

    private int[] kinds() {
        Map<Kind, Integer> known = new HashMap<>();
        var found = new int[size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = known.computeIfAbsent(Kind.of(meanings[i]), kind -> known.size());
        }
        return found;
    }

    private void countIndeterminate() {
        int count = 0;
        for (int r = 0; r < determinate.length; r++) {
            while (count < indeterminate.length && indeterminate[count].invoked() < determinate[r].ended()) {
                count++;
            }
            indeterminateBefore[r] = count;
        }
    }

    /** Goes through the returns, and keeps what is open at each. */
    private final class Layout {
        private final List<Integer> openNow = new ArrayList<>();
        private final PriorityQueue<Integer> free = new PriorityQueue<>();
        private int[] open = new int[determinate.length * 2];
        private int slotCount;

        Layout(Allowance allowance) throws Spent {
            allowance.take(4L * open.length);
            var byInvocation = new Integer[determinate.length];
            Arrays.setAll(byInvocation, i -> i);
            Arrays.sort(byInvocation, Comparator.comparingInt(i -> determinate[i].invoked()));
            int invoked = 0;
            for (int r = 0; r < determinate.length; r++) {
                while (invoked < byInvocation.length
                        && determinate[byInvocation[invoked]].invoked() < determinate[r].ended()) {
                    allowance.work(1 + openNow.size() / 16);
                    enter(byInvocation[invoked++]);
                }
                allowance.work(openNow.size());
                makeRoom(openFrom[r] + openNow.size(), allowance);
                keep(r);
                openNow.remove(0);
                free.add(slots[r]);
            }
        }

        /** In order of the returns, of which the index is the number. */
        private void enter(int operation) {
            slots[operation] = free.isEmpty() ? slotCount++ : free.remove();
            openNow.add(-1 - Collections.binarySearch(openNow, operation), operation);
        }

        private void makeRoom(int size, Allowance allowance) throws Spent {
            while (open.length < size) {
                open = Arrays.copyOf(open, allowance.doubled(open.length, Integer.BYTES));
            }
        }

        private void keep(int r) {
            int from = openFrom[r];
            openFrom[r + 1] = from + openNow.size();
            for (int i = 0; i < openNow.size(); i++) {
                open[from + i] = openNow.get(i);
            }
        }
    }

    /** How many operations there are: first those that returned, in order of their returns, then the indeterminate. */
    int size() {
        return determinate.length + indeterminate.length;
    }

    /** How many returns there are; the operation that returns is that of the same number. */
    int returns() {
        return determinate.length;
    }

    Operation operation(int i) {
        return i < determinate.length ? determinate[i] : indeterminate[i - determinate.length];
    }

    /** What an operation comes to. */
    Operation meaning(int i) {
        return meanings[i];
    }

    /** The kind of an operation, from 0. */
    int kind(int i) {
        return kinds[i];
    }

    /** Whether an operation that returned only says what the state is. */
    boolean isObservation(int i) {
        return observations.get(i);
    }

    /** The bit of an operation that returned. */
    int slot(int i) {
        return slots[i];
    }

    /** How many bits there are for operations that returned. */
    int slots() {
        return slotCount;
    }

    /** The bit of an indeterminate operation, in a set of its own. */
    int indeterminateSlot(int i) {
        return i - determinate.length;
    }

    int indeterminates() {
        return indeterminate.length;
    }

    /** How many operations are open at the return and will return themselves. */
    int open(int r) {
        return openFrom[r + 1] - openFrom[r];
    }

    /** How many operations could take effect before the return: those that are open, and then the indeterminate. */
    int candidates(int r) {
        return open(r) + indeterminateBefore[r];
    }

    /** A candidate, from 0; the first is the one that returns. */
    int candidate(int r, int i) {
        int opened = open(r);
        return i < opened ? open[openFrom[r] + i] : determinate.length + i - opened;
    }
}
