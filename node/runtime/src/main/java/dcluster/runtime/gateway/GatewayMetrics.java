package dcluster.runtime.gateway;

import java.util.SortedMap;

/**
 * What happened at a gateway up to a moment; immutable, for any thread. All but {@code connections}, {@code heldBytes}
 * and {@code unsentBytes} only grow.
 *
 * @param connections open now
 * @param accepted connections, turned away ones not among them
 * @param turnedAway for being too many
 * @param dropped let go for not taking their replies, or for holding more than their share of bytes
 * @param requests read, whatever came of them
 * @param refused requests that the gateway answered with an error by itself
 * @param failed requests that the node answered with a definite failure
 * @param unknown requests whose outcome is unknown
 * @param redirected requests that were sent on with MOVED
 * @param protocolErrors connections that were closed because their bytes were no requests
 * @param pauses times that a connection was not read for a while
 * @param writes calls that handed replies to a socket; requests divided by these tell how well replies are gathered
 * @param heldBytes of requests that were not given to the node
 * @param unsentBytes of replies that clients did not take
 * @param requestsByName requests by their command's name in lowercase, without names that never came
 */
public record GatewayMetrics(
        int connections,
        long accepted,
        long turnedAway,
        long dropped,
        long requests,
        long refused,
        long failed,
        long unknown,
        long redirected,
        long protocolErrors,
        long pauses,
        long readBytes,
        long writtenBytes,
        long writes,
        long heldBytes,
        long unsentBytes,
        SortedMap<String, Long> requestsByName) {}
