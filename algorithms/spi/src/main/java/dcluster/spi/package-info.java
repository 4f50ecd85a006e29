/**
 * The contract between a distributed algorithm and whatever runs it: a node process on real sockets and a real disk, or
 * a seeded simulation.
 *
 * <p>An algorithm is a deterministic state machine. It owns no clock, socket, file, thread or random source; everything
 * arrives as an event at its {@link dcluster.spi.Algorithm}, everything it wants leaves through its
 * {@link dcluster.spi.Context}. Three rules carry the rest:
 *
 * <ol>
 *   <li><b>Output commit.</b> What {@link dcluster.spi.Context#send} and {@link dcluster.spi.Context#reply} are given
 *       leaves the node only after every record journalled before it is durable. So an algorithm journals first, speaks
 *       next, and cannot forget to sync. {@link dcluster.spi.Context#eagerly()} is the one named exception.
 *   <li><b>Event-sourced state.</b> Durable state changes in {@link dcluster.spi.Algorithm#replay} and nowhere else.
 *       The runtime calls it while journalling and again at a restart, so recovery is the same code.
 *   <li><b>Turns.</b> Events are delivered one at a time on one thread. A turn is all events that were waiting; its
 *       records are written and synced together while the next turn runs. A crash may cut between any two records: what
 *       must be atomic is one record.
 * </ol>
 *
 * <p>To add an algorithm: declare its messages, journal records and configuration as records, each family under a
 * sealed interface (the declaration is the wire format); implement {@code Algorithm}; name an
 * {@link dcluster.spi.AlgorithmProvider} in {@code META-INF/services}. Messages between nodes may be lost, repeated,
 * delayed and reordered; messages to oneself are none of these, and arrive only once what was journalled before them is
 * durable.
 *
 * <p>Determinism: never iterate over a {@code HashMap}, {@code HashSet}, {@code Map.of} or {@code Set.of}, whose order
 * differs between virtual machines; take random numbers from {@link dcluster.spi.Context#random()} alone.
 */
@NullMarked
package dcluster.spi;

import org.jspecify.annotations.NullMarked;
