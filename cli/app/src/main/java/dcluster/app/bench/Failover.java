package dcluster.app.bench;

/**
 * How it is to be measured for how long writes are out when leadership changes.
 *
 * @param rounds how often each event is brought about
 * @param seed what decides who leads next after a transfer, and how much is written before each event
 * @param command the words of a shell that measure the same again
 */
public record Failover(int rounds, long seed, String command) {}
