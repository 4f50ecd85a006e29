package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down what clients ask and are told, in the order in which it happens. */
public final class Recorder {
    /** What a client asks, as a history has it. */
    public record Ask(
            Function function,
            @Nullable String key,
            @Nullable Object input) {
        private boolean isRead() {
            return function == Function.READ
                    || (function == Function.TXN && input instanceof List<?> steps && allRead(steps));
        }

        private static boolean allRead(List<?> steps) {
            return steps.stream().allMatch(step -> step instanceof List<?> parts && "r".equals(parts.get(0)));
        }

        @Override
        public String toString() {
            return function.word() + (key == null ? "" : " " + key) + (input == null ? "" : " " + input);
        }
    }

    private final List<Operation> operations = new ArrayList<>();
    private final BitSet writes = new BitSet();
    private final BooleanSupplier disturbed;
    private final List<Counted> counted = new ArrayList<>();
    private long disturbedWrites;
    private int position;
    private long clients;

    /** {@code disturbed} says whether a fault is in force. */
    public Recorder(BooleanSupplier disturbed) {
        this.disturbed = disturbed;
    }

    /** A client that has not asked anything yet. */
    public long newClient() {
        return clients++;
    }

    /** A client asks; what this returns names the operation. */
    public int invoke(long client, Ask ask, String node, long now) {
        writes.set(operations.size(), !ask.isRead());
        operations.add(new Operation(
                client,
                ask.function,
                ask.key,
                ask.input,
                null,
                Outcome.INFO,
                true,
                ++position,
                Operation.NEVER,
                now,
                now,
                node));
        return operations.size() - 1;
    }

    /** It happened. */
    public void ok(int operation, @Nullable Object output, boolean applied, long now) {
        end(operation, output, Outcome.OK, applied, now);
        disturbedWrites += writes.get(operation) && disturbed.getAsBoolean() ? 1 : 0;
    }

    /** What ended told numbers, too. */
    void counted(int operation, List<Count> counts) {
        counts.forEach(count -> counted.add(new Counted(operations.get(operation), count)));
    }

    /** It certainly did not. */
    public void fail(int operation, long now) {
        end(operation, null, Outcome.FAIL, true, now);
    }

    private void end(int operation, @Nullable Object output, Outcome outcome, boolean applied, long now) {
        var open = operations.get(operation);
        operations.set(
                operation,
                new Operation(
                        open.client(),
                        open.function(),
                        open.key(),
                        open.input(),
                        output,
                        outcome,
                        applied,
                        open.invoked(),
                        ++position,
                        open.invokeTime(),
                        now,
                        open.node()));
    }

    /** How many writes succeeded while a fault was in force. */
    long disturbedWrites() {
        return disturbedWrites;
    }

    /** All numbers that were told, in the order in which they were. */
    List<Counted> counted() {
        return List.copyOf(counted);
    }

    /** How many writes that were asked for at that moment or later are acknowledged. */
    long acknowledgedSince(long moment) {
        long count = 0;
        for (int i = operations.size() - 1; i >= 0 && operations.get(i).invokeTime() >= moment; i--) {
            var operation = operations.get(i);
            count += operation.isOk() && writes.get(i) ? 1 : 0;
        }
        return count;
    }

    /** All that was asked so far; what was not answered has an unknown outcome. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }
}
