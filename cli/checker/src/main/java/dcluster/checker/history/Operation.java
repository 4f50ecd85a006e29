package dcluster.checker.history;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a client, from its invocation to its end. Positions are line numbers: they order all events of a
 * history in real time.
 *
 * @param client the number of the process
 * @param input the value of its invocation
 * @param output the value of its end, if that is {@code ok}; of a read perhaps {@link Siblings}
 * @param applied false only for a compare-and-set that found another value
 * @param invoked the position of its invocation
 * @param ended the position of its end; {@link #NEVER} if it may take effect for ever
 * @param invokeTime nanoseconds
 * @param endTime nanoseconds; the last of the history where nothing ended it
 */
public record Operation(
        long client,
        Function function,
        @Nullable String key,
        @Nullable Object input,
        @Nullable Object output,
        Outcome outcome,
        boolean applied,
        int invoked,
        int ended,
        long invokeTime,
        long endTime,
        @Nullable String node) {
    /** The end of what may take effect for ever. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** What is known of an operation. */
    public enum Outcome {
        OK,
        FAIL,
        INFO
    }

    public boolean isOk() {
        return outcome == Outcome.OK;
    }

    /** The same, as if its client had never heard of its end. */
    public Operation withUnknownOutcome() {
        return new Operation(
                client, function, key, input, null, Outcome.INFO, true, invoked, NEVER, invokeTime, endTime, node);
    }

    /** The same, ended at another time. */
    Operation withEndTime(long time) {
        return new Operation(
                client, function, key, input, output, outcome, applied, invoked, ended, invokeTime, time, node);
    }

    /** The same with another argument. */
    public Operation withInput(@Nullable Object other) {
        return new Operation(
                client, function, key, other, output, outcome, applied, invoked, ended, invokeTime, endTime, node);
    }

    /** Whether it may have taken effect or not. */
    public boolean isIndeterminate() {
        return outcome == Outcome.INFO;
    }

    /** The value it wrote, or the one it saw. */
    public @Nullable Object value() {
        return function.observes() && isOk() ? output : input;
    }

    /** As people write it: {@code 3: write r 4}. */
    @Override
    public String toString() {
        var text = new StringBuilder().append(client).append(": ").append(function.word());
        if (key != null) {
            text.append(' ').append(key);
        }
        if (!function.observes() || isOk()) {
            text.append(' ').append(value());
        }
        if (isIndeterminate()) {
            text.append(" (outcome unknown)");
        } else if (!applied) {
            text.append(" (found another value)");
        }
        return text.toString();
    }
}
