/**
 * What {@code dcluster bench} does. {@code bench staleness} has {@code dcluster.lab.staleness} measure a store with
 * quorums, and prints that beside what theory predicts.
 *
 * <pre>
 *   Staleness       what is wanted: numbers, links, seed
 *   StalenessPlan   the variants of the store that are compared, and what goes wrong in them
 *   StalenessRun    measures all of them, with progress
 *   StalenessView   the measurements as tables, or as JSON
 * </pre>
 *
 * <p>{@code bench transactions} has clients of real clusters write single keys and transactions, each in a closed loop: on
 * two processors they take a good part of the machine, so that what is measured is the ratio of variants, not a limit of any.
 *
 * <pre>
 *   Transactions       what is wanted: clients, times, rounds
 *   BenchHome          clusters of its own
 *   Benched, Keys      a cluster that is measured, and which keys of it share a shard
 *   TransactionsRun    measures all work of all clusters in turns, with progress
 *   LoadClient         a client, which counts how its requests end
 *   TransactionsView   the measurements as a table, or as JSON
 * </pre>
 *
 * <p>{@code bench failover} strikes the leaders of real clusters while a client writes.
 *
 * <pre>
 *   Failover           what is wanted: rounds, seed
 *   Strike, Scene      what happens to a leader, and who plays which part while it does
 *   Writer             the client: a closed loop over one connection, which adds to a key, looks for the longest time without
 *                      an acknowledged write, and reads the sum back at the end
 *   FailoverRun        plays all strikes at all clusters in turns, with progress
 *   Felt, FailoverView what was felt of one strike; all of that as a table, or as JSON, and as a verdict
 * </pre>
 *
 * <p>{@code bench crashes} and {@code bench blocking} have {@code dcluster.lab.crashes} end members of two-phase commit.
 *
 * <pre>
 *   CrashesPlan     the points of the protocol, by number
 *   CrashesRun      ends members at each of them, and at each event; Crashes prints what became of it
 *   BlockingRun     measures for how long keys are not served; BlockingTable prints it
 * </pre>
 */
@NullMarked
package dcluster.app.bench;

import org.jspecify.annotations.NullMarked;
