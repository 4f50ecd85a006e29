package dcluster.checker.linear;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.checker.linear.Allowance.Spent;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The least and the most that a counter may hold when it is read: all that had ended before counts, and of the rest that
 * had begun, only what makes it less, or more.
 */
final class CounterBounds {
    private final Sums done;
    private final Sums begun;

    private CounterBounds(List<Operation> operations, Allowance allowance) throws Spent {
        allowance.work(operations.size());
        var adds = operations.stream()
                .filter(operation -> operation.function() == Function.ADD && operation.outcome() != Outcome.FAIL)
                .toList();
        done = Sums.of(adds.stream().filter(Operation::isOk).toList(), Operation::ended);
        begun = Sums.of(adds, Operation::invoked);
    }

    /** A read of what no order gives; empty if none is known to be such. */
    static Optional<Operation> beyond(List<Operation> operations, Allowance allowance) throws Spent {
        var bounds = new CounterBounds(operations, allowance);
        return operations.stream()
                .filter(operation -> operation.function() == Function.READ && operation.isOk())
                .filter(bounds::isBeyond)
                .findFirst();
    }

    private boolean isBeyond(Operation read) {
        var seen = Counter.whole(Objects.requireNonNull(read.output()));
        int before = done.before(read.invoked());
        int until = begun.before(read.ended());
        var least = done.positive[before].add(begun.negative[until]);
        var most = done.negative[before].add(begun.positive[until]);
        return seen.compareTo(least) < 0 || seen.compareTo(most) > 0;
    }

    /** What is added up to some position, apart by sign; at 0 there is nothing yet. */
    private static final class Sums {
        private final int[] positions;
        private final BigInteger[] positive;
        private final BigInteger[] negative;

        private Sums(int[] positions, List<BigInteger> added) {
            this.positions = positions;
            positive = new BigInteger[positions.length + 1];
            negative = new BigInteger[positions.length + 1];
            positive[0] = BigInteger.ZERO;
            negative[0] = BigInteger.ZERO;
            for (int i = 0; i < positions.length; i++) {
                positive[i + 1] = positive[i].add(added.get(i).max(BigInteger.ZERO));
                negative[i + 1] = negative[i].add(added.get(i).min(BigInteger.ZERO));
            }
        }

        static Sums of(List<Operation> adds, ToIntFunction<Operation> position) {
            var sorted = adds.stream().sorted(Comparator.comparingInt(position)).toList();
            return new Sums(
                    sorted.stream().mapToInt(position).toArray(),
                    sorted.stream()
                            .map(add -> Counter.whole(Objects.requireNonNull(add.input())))
                            .toList());
        }

        /** How many there are before a position. */
        int before(int position) {
            int place = Arrays.binarySearch(positions, position);
            while (place > 0 && positions[place - 1] == position) {
                place--;
            }
            return place >= 0 ? place : -place - 1;
        }
    }
}
