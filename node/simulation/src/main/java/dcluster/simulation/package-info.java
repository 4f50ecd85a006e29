/**
 * A whole cluster in one thread and virtual time: the classes that run as processes, on machines that are simulated.
 *
 * <pre>
 *   Simulation          runs the agenda, checks invariants after each turn
 *     SimulatedNode     a machine: what outlives the process on it
 *       Host            the real one, with the real algorithm
 *       Journal         the real one, on a MemoryDisk that forgets what was not synced
 *       SimulatedLoop, SimulatedRecorder, NodeClock   in place of its threads and clocks
 *     Network, Links    carry envelopes, encoded by the real codec
 *     Faults            the ledger, with evidence; an Injector breaks and mends
 *     Observer          states that are met, shadows of journals
 * </pre>
 *
 * <p>A coordinator of which the algorithm has a role of its own is one more machine, behind the nodes: all that befalls
 * nodes and their links befalls it and its links, and {@link dcluster.simulation.Target} can name it. One that would only
 * route is not simulated.
 *
 * <p><b>Nothing is left to chance.</b> All that happens stands on an {@code Agenda}, in the order of virtual time. Each
 * random number is a function of the seed and of what it is for ({@code Draws}), so that the same seed tells a {@link
 * dcluster.simulation.Trace} the same, in any process and on any Java, and so that leaving something out of a run leaves
 * the other numbers as they were. What is drawn: how long a message takes and whether it is lost, repeated or overtaken;
 * when turns end, so what belongs to one; how long syncs take; what a loss of power leaves of what was not synced; what
 * the algorithm asks of its random source.
 *
 * <p><b>Faults</b> are planned ({@link dcluster.simulation.Plan}), by {@link dcluster.simulation.Swarm} from a seed or by
 * hand, and brought about by one class alone; what shows that they happened is counted elsewhere, where they are felt:
 * messages that cuts swallowed, syncs that took longer, processes that ended, turns under a clock that was wrong. A fault
 * without evidence stands in the {@link dcluster.simulation.Ledger} as unconfirmed. Two faults of one kind on one disk or
 * process share theirs, and so do two kinds of weather at a time. What algorithms do not claim to
 * survive is drawn by {@link dcluster.simulation.Beyond}, on top of the rest and in campaigns of its own.
 *
 * <p><b>What must never happen</b> is a {@link dcluster.simulation.Violation}: an invariant broken over all replicas
 * that are up, an algorithm that throws, a journal that cannot be opened, or one that makes another durable state than
 * its replica holds.
 */
@NullMarked
package dcluster.simulation;

import org.jspecify.annotations.NullMarked;
