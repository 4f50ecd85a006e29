package dcluster.runtime.admin;

import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The subscribers of {@code /events}: server-sent events, one note each. First what the ring holds, then what comes.
 * Used on the admin's loop only.
 */
final class EventStreams {
    static final int MOST_SUBSCRIBERS = 16;

    private final NodeEvents events;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    private static final class Subscriber {
        final HttpServerResponse response;
        long next;

        Subscriber(HttpServerResponse response, long next) {
            this.response = response;
            this.next = next;
        }
    }

    EventStreams(NodeEvents events) {
        this.events = events;
    }

    boolean isFull() {
        return subscribers.size() >= MOST_SUBSCRIBERS;
    }

    void subscribe(HttpServerResponse response) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store");
        var subscriber = new Subscriber(response, events.from(0).first());
        subscribers.add(subscriber);
        response.closeHandler(closed -> subscribers.remove(subscriber));
        response.exceptionHandler(failed -> subscribers.remove(subscriber));
        response.drainHandler(drained -> deliver(subscriber));
        response.write(": notes of the node, the latest " + NodeEvents.KEPT + " first\n\n");
        deliver(subscriber);
    }

    /** New notes are there. */
    void deliver() {
        List.copyOf(subscribers).forEach(this::deliver);
    }

    private void deliver(Subscriber subscriber) {
        var batch = events.from(subscriber.next);
        if (batch.first() > subscriber.next) {
            drop(subscriber);
            return;
        }
        // One by one, so that what waits for a subscriber is one note more than its queue at the most. A write may
        // call the drain handler, and so this method, before it returns: the place in the ring is the subscriber's,
        // not the loop's.
        long end = batch.first() + batch.events().size();
        while (subscriber.next < end && !subscriber.response.writeQueueFull()) {
            var event = batch.events().get((int) (subscriber.next - batch.first()));
            subscriber.next++;
            subscriber.response.write("data: " + event.toJson().encode() + "\n\n");
        }
    }

    /** Its connection cannot be kept for another request: what it has not read stands in the way. */
    private void drop(Subscriber subscriber) {
        subscribers.remove(subscriber);
        subscriber.response.reset();
    }

    /** A comment, which clients ignore: it shows the living that we live, and us who is dead. */
    void keepAlive() {
        for (var subscriber : List.copyOf(subscribers)) {
            if (!subscriber.response.writeQueueFull()) {
                subscriber.response.write(":\n\n");
            }
        }
    }
}
