package dcluster.twophase;

import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseRecord.Decided;
import dcluster.twophase.TwoPhaseRecord.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings decisions to those that must acknowledge them, again and again until they have; then they may be forgotten. */
final class Deliveries {
    private static final TwoPhaseTimer REMIND = new TwoPhaseTimer.Remind();

    private static final class Delivery {
        private final Decided decided;
        private final TreeSet<NodeId> awaited;
        private final long sinceNanos;
        private long sentNanos;

        Delivery(Decided decided, long nowNanos) {
            this.decided = decided;
            this.awaited = new TreeSet<>(decided.awaited());
            this.sinceNanos = nowNanos;
            this.sentNanos = nowNanos;
        }
    }

    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final Duration resendAfter;
    private final SortedMap<TransactionId, Delivery> deliveries = new TreeMap<>();
    private boolean isTimerRunning;

    Deliveries(Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context, Duration resendAfter) {
        this.context = context;
        this.resendAfter = resendAfter;
    }

    /** Sends a decision to all that must acknowledge it. */
    void begin(Decided decided) {
        var delivery = new Delivery(decided, context.nowNanos());
        deliveries.put(decided.id(), delivery);
        send(delivery);
        runTimer();
    }

    private void send(Delivery delivery) {
        var decided = delivery.decided;
        delivery.awaited.forEach(node -> context.send(node, new Decision(decided.id(), decided.commits(), true)));
    }

    private void runTimer() {
        if (!isTimerRunning && !deliveries.isEmpty()) {
            isTimerRunning = true;
            context.startTimer(REMIND, resendAfter);
        }
    }

    void acknowledged(NodeId by, TransactionId id) {
        var delivery = deliveries.get(id);
        if (delivery != null && delivery.awaited.remove(by) && delivery.awaited.isEmpty()) {
            deliveries.remove(id);
            context.journal(new Ended(id));
        }
    }

    void onTimer() {
        long now = context.nowNanos();
        for (var delivery : deliveries.values()) {
            if (now - delivery.sentNanos >= resendAfter.toNanos()) {
                delivery.sentNanos = now;
                send(delivery);
            }
        }
        isTimerRunning = false;
        runTimer();
    }

    /** The decision on a transaction that not all have acknowledged. */
    Optional<Boolean> decision(TransactionId id) {
        return Optional.ofNullable(deliveries.get(id)).map(delivery -> delivery.decided.commits());
    }

    /** What an operator is shown: the decisions that not all have acknowledged, in the columns of a participant. */
    Response undelivered() {
        var rows = new ArrayList<List<String>>();
        for (var delivery : deliveries.values()) {
            var decided = delivery.decided;
            rows.add(List.of(
                    decided.id().toString(),
                    "decided: " + Operators.word(decided.commits()) + ", not acknowledged by "
                            + Operators.names(delivery.awaited),
                    Long.toString((context.nowNanos() - delivery.sinceNanos) / 1_000_000),
                    Operators.names(decided.awaited()),
                    Operators.NONE,
                    Operators.NONE));
        }
        return new Response.Ok(new Result.Table(Operators.COLUMNS, rows));
    }

    /** Who has not acknowledged it. */
    List<NodeId> awaited(TransactionId id) {
        var delivery = deliveries.get(id);
        return delivery == null ? List.of() : List.copyOf(delivery.awaited);
    }

    int size() {
        return deliveries.size();
    }
}
