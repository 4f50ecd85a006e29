package dcluster.app.bench;

/**
 * How it is to be measured for how long writes are out when leadership changes.
 *
 * @param rounds how often each leader is struck in each way
 * @param seed what decides who leads next after a transfer, and how much is written before each strike
 * @param command the words of a shell that measure the same again
 */
public record Failover(int rounds, long seed, String command) {}
