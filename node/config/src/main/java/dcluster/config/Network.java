package dcluster.config;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.Limits;
import java.time.Duration;

/**
 * {@code network:}, what each node grants its clients and peers. All bounds are per node.
 *
 * @param expose whether hosts beyond loopback may be bound, which opens the node to whoever reaches it; by default not
 * @param requestTimeout after it a client is told that the outcome is unknown, from 1ms to 1h; by default 5s
 * @param outbox the most that waits to be sent to one peer, at least 16MiB, which is the largest message; what would
 *     exceed it is dropped and counted. By default 64MiB
 * @param forwarding what becomes of a request that another node has to serve; by default it is forwarded there
 * @param maxConnections the most clients that are connected at a time, from 1 to 1000000; by default 10000
 * @param pipelineDepth the most unanswered commands of one client, from 1 to 1000000; beyond it the client is not read.
 *     By default 1024
 */
public record Network(
        @Default("false") boolean expose,
        @Default("5s") Duration requestTimeout,
        @Default("64MiB") ByteSize outbox,
        @Default("forward") Forwarding forwarding,
        @Default("10000") int maxConnections,
        @Default("1024") int pipelineDepth) {
    private static final int MOST = 1_000_000;

    public Network {
        if (requestTimeout.compareTo(Duration.ofMillis(1)) < 0 || requestTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("request-timeout is from 1ms to 1h");
        }
        if (outbox.bytes() < Limits.MAX_FRAME_BYTES || outbox.bytes() > 1 << 30) {
            throw new IllegalArgumentException("outbox is from 16MiB, the largest message, to 1GiB");
        }
        if (maxConnections < 1 || maxConnections > MOST) {
            throw new IllegalArgumentException("max-connections is from 1 to " + MOST);
        }
        if (pipelineDepth < 1 || pipelineDepth > MOST) {
            throw new IllegalArgumentException("pipeline-depth is from 1 to " + MOST);
        }
    }

    /** What counts where the file says nothing. */
    public static Network defaults() {
        return Forms.defaults(Network.class);
    }
}
