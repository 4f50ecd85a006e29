/**
 * Lives of simulated clusters, what is demanded of each, and campaigns of many.
 *
 * <p>A seed stands for a {@link dcluster.lab.simulation.Life}: a cluster of the {@link dcluster.lab.simulation.Subject},
 * the faults that {@code Swarm} draws or a {@link dcluster.lab.simulation.Scenario} says, clients, and all chances. All
 * of it is a {@link dcluster.lab.simulation.Schedule}, of which each part can be left out without a change of the others.
 * A run lives it:
 *
 * <pre>
 *   Workload -> Client --submit--> Simulation <--faults-- Plan
 *                  |                    |
 *              Recorder             Trace: Digest, TraceText, ShivizLog
 *                  |
 *              Judgement (by dcluster.checker)
 * </pre>
 *
 * <p>Nodes are counted without the coordinator: where it runs the algorithm, it is one more member of each cluster, which
 * clients ask, faults strike and every phase demands the same of.
 *
 * <p>For thirty seconds of virtual time ten clients ask forty questions a second, with compare-and-set, counters,
 * lists, transactions and carts among them, as far as they are served, while faults come and go. Transactions append to
 * lists, at times if one is still as it was, write registers, or move amounts between the accounts of a bank. After each turn of a
 * node the algorithm's invariants are checked, and now and then a journal is compared with its replica. Then a minority
 * is lost for good and somebody's write must be acknowledged; then everything is mended, all replicas must agree, what
 * the algorithm says of a settled cluster must come to hold, every node must answer for every key, and what all clients
 * saw must be as consistent as the algorithm claims: where they merge siblings, into carts, nothing that was
 * acknowledged is lost, and where they move amounts in transactions, whoever sees all accounts sees the same total.
 *
 * <p>A {@link dcluster.lab.simulation.Campaign} lives many seeds on several threads, and its
 * {@link dcluster.lab.simulation.Report} keeps count of what it proves. A seed that lasted too short, in which too little
 * was asked or fewer than three faults took effect, is void; a large campaign in which something never happened that it
 * was to meet, by the algorithm's own word or as every campaign must, has not tried it: neither passes as clean. What
 * breaks something is made as short as it can be by the {@link dcluster.lab.simulation.Minimizer}, and kept as a file.
 *
 * <p>Two searches show that clean means something: a {@link dcluster.lab.simulation.MutantHunt} has to find what is wrong
 * with mutants, and a {@link dcluster.lab.simulation.BeyondHunt} has to see algorithms break under faults that they do
 * not claim to survive.
 */
@NullMarked
package dcluster.lab.simulation;

import org.jspecify.annotations.NullMarked;
