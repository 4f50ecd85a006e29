package dcluster.host;

/** What a host did since its start; written on the loop, to be copied there. */
public final class HostCounters {
    long turns;
    long events;
    long records;
    long requests;
    long expired;
    long forwarded;

    HostCounters() {}

    public long turns() {
        return turns;
    }

    /** Messages, requests, timers and connection losses delivered. */
    public long events() {
        return events;
    }

    /** Records journalled. */
    public long records() {
        return records;
    }

    /** Commands given to the algorithm, forwarded ones of other nodes included. */
    public long requests() {
        return requests;
    }

    /** Requests that were answered because their time was up. */
    public long expired() {
        return expired;
    }

    /** Commands sent on to another node. */
    public long forwarded() {
        return forwarded;
    }
}
