package dcluster.toolkit;

import dcluster.spi.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a node asked others for and waits for, by number: whoever is silent for long is asked again, and what stays
 * without enough answers for longer is given up. One timer serves all of it, and runs while there is any. Not
 * thread-safe.
 *
 * <pre>{@code
 *   begin ----> waiting ----> end
 *                |   ^  \
 *                +---+   `--> given up, after `patience` since it began
 *       asked again, after `resendAfter` since it was asked last
 * }</pre>
 *
 * @param <O> an operation
 * @param <T> the timers of the algorithm
 */
public final class Pending<O, T> {
    private static final class Waiting<O> {
        private final O operation;
        private final long begunNanos;
        private long askedNanos;

        Waiting(O operation, long nowNanos) {
            this.operation = operation;
            this.begunNanos = nowNanos;
            this.askedNanos = nowNanos;
        }
    }

    private final Context<?, ?, T> context;
    private final T timer;
    private final Duration resendAfter;
    private final Duration patience;
    private final Map<Long, Waiting<O>> waiting = new LinkedHashMap<>();
    private long count;
    private boolean timerRuns;

    /** Nothing waits. The timer is this object's alone; its algorithm passes it on to {@link #onTimer}. */
    public Pending(Context<?, ?, T> context, T timer, Duration resendAfter, Duration patience) {
        this.context = context;
        this.timer = timer;
        this.resendAfter = resendAfter;
        this.patience = patience;
    }

    /** Makes an operation of its number and waits for it: from 1, and never given again in this life of the node. */
    public O begin(LongFunction<O> make) {
        long number = ++count;
        var operation = make.apply(number);
        waiting.put(number, new Waiting<>(operation, context.nowNanos()));
        if (!timerRuns) {
            startTimer();
        }
        return operation;
    }

    private void startTimer() {
        timerRuns = true;
        context.startTimer(timer, resendAfter);
    }

    /** The operation of a number; null if it has ended. */
    public @Nullable O get(long number) {
        var one = waiting.get(number);
        return one == null ? null : one.operation;
    }

    /** Nodes were asked for it just now: it is not asked again before {@code resendAfter} has passed. */
    public void asked(long number) {
        var one = waiting.get(number);
        if (one != null) {
            one.askedNanos = context.nowNanos();
        }
    }

    /** It waits no longer; nothing if it has ended before. */
    public void end(long number) {
        waiting.remove(number);
    }

    /** How many wait. */
    public int size() {
        return waiting.size();
    }

    /** The timer ran out. What is to be given up is still there, for {@code giveUp} to {@link #end}. */
    public void onTimer(Consumer<? super O> askAgain, Consumer<? super O> giveUp) {
        for (var one : List.copyOf(waiting.values())) {
            if (hasPassed(one.begunNanos, patience)) {
                giveUp.accept(one.operation);
            } else if (hasPassed(one.askedNanos, resendAfter)) {
                one.askedNanos = context.nowNanos();
                askAgain.accept(one.operation);
            }
        }
        timerRuns = false;
        if (!waiting.isEmpty()) {
            startTimer();
        }
    }

    private boolean hasPassed(long sinceNanos, Duration time) {
        return context.nowNanos() - sinceNanos >= time.toNanos();
    }
}
