package dcluster.runtime.gateway;

/** What happened at a gateway so far; on the loop only. */
final class Counters {
    long accepted;
    long turnedAway;
    long dropped;
    long requests;
    long refused;
    long failed;
    long unknown;
    long redirected;
    long protocolErrors;
    long pauses;
    long readBytes;
    long writtenBytes;
    long writes;
}
