/**
 * Runs one algorithm, in a process as in a simulation: turns, output commit, timers, requests and forwarding, one class
 * each.
 *
 * <pre>
 *   peers' messages   clients' commands   timers
 *          \                |              /
 *           v               v             v
 *   Turns: all that waits, one event after the other ---> the algorithm
 *                                                          |        |
 *                                            journal(record)        send, reply
 *                                                          v        v
 *                              Journaling: one batch a turn      HeldOutputs: each waits for the
 *                                          |                     records journalled before it
 *                                          v                        ^            |
 *                                      Recorder -- "durable up to n" -+          v
 *                                                                     Transport, RequestTable
 * </pre>
 *
 * <p>What surrounds a host is its {@link dcluster.host.World}: loop, two clocks, disk, network, random numbers. A
 * process gives it Vert.x, the system's clocks, a {@link dcluster.journal.JournalThread} and TCP; a simulation gives it
 * virtual ones; faults are injected at these seams and nowhere else. That a node ends at a {@link dcluster.host.Point} of its
 * protocol, as before its second vote leaves, is for {@link dcluster.host.Points}, in both worlds alike.
 *
 * <p><b>What output commit and event-sourced state cost.</b> {@code OutputCommitBenchmark} in the tests runs the
 * unreplicated algorithm against one that does without them: it changes its store directly, encodes its commands, and
 * answers in the callback of its own batch. Both run on the same host and the same real journal. Rounds alternate, each
 * with its neighbour makes a ratio. With 256 clients in the loop itself, rounds of two seconds and three to seven pairs a
 * process, on two cores, sixteen processes have median ratios from 0.81 to 1.14, fourteen of them of 0.91 and more, at
 * 570,000 to 850,000 writes a second. The median of the sixteen is 0.98: the cost is two hundredths, and what a process
 * differs from the next, by what its compiler made of either path, is more than that.
 *
 * <p>A {@link dcluster.host.Router} is what lives in a coordinator in the place of a host, unless the algorithm {@linkplain
 * dcluster.spi.AlgorithmProvider#hasCoordinator has a role} for it: it has no algorithm and sends commands to the nodes.
 */
@NullMarked
package dcluster.host;

import org.jspecify.annotations.NullMarked;
