package dcluster.host;

import java.time.Duration;

/**
 * The bounds of one host.
 *
 * @param requestTimeout how long a command may take before its outcome is called unknown
 * @param forwarding whether a redirect is followed once, rather than handed to the client
 * @param turnEvents the most events of one turn, from 1
 * @param requestBytes weight of the unfinished commands beyond which clients are not read
 * @param undurableBytes weight of the records not yet durable beyond which no turn starts; clients are not read from
 *     half of it
 * @param capacityBytes what the clients' data may take in memory, as the algorithm is told
 */
public record HostOptions(
        Duration requestTimeout,
        boolean forwarding,
        int turnEvents,
        long requestBytes,
        long undurableBytes,
        long capacityBytes) {
    /** Five seconds, forwarding, 4,096 events, 64 MiB of commands, 64 MiB of records, 128 MiB of data. */
    public static final HostOptions DEFAULT =
            new HostOptions(Duration.ofSeconds(5), true, 4096, 64L << 20, 64L << 20, 128L << 20);

    public HostOptions {
        if (turnEvents < 1) {
            throw new IllegalArgumentException("a turn has at least one event: turnEvents=" + turnEvents);
        }
    }
}
