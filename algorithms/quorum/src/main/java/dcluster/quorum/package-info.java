/**
 * {@code quorum}: a store that is always there, after Dynamo, with its price on the label.
 *
 * <p><b>The problem.</b> Some nodes, any of which may crash and come back, connected by a network that may lose, repeat,
 * delay and reorder what they say, are to hold values by key so that a client finds somebody who serves it whatever is
 * broken. So not all nodes hold each key, no order is agreed on, and enough answers are enough: N nodes own a key, W of
 * them take a write before it is acknowledged, R of them answer a read. What concurrent writers leave is kept and shown
 * to readers, who merge it. Nothing can look at a key and change it as one: compare-and-set, counters, lists and
 * transactions are refused.
 *
 * <p><b>Sources.</b> Giuseppe DeCandia and others, "Dynamo: Amazon's Highly Available Key-value Store", 2007, whose
 * section 4 this follows. David Karger and others, 1997: consistent hashing. Colin Fidge 1988, Friedemann Mattern 1989:
 * vector clocks. Nuno Pregui&ccedil;a and others, "Dotted Version Vectors", 2010: why a version is more than its clock.
 * Ralph Merkle 1987: trees of hashes. Marc Shapiro and others 2011: why joins converge. Peter Bailis and others,
 * "Probabilistically Bounded Staleness", 2012: how stale.
 *
 * <pre>{@code
 *   class                             what it does                                                     Dynamo
 *   Placement, Route                  which nodes own a key, also while nodes join or leave            4.2, 4.3
 *   Versions, Clock, Dot, Actor       what is known of a key: siblings and what they supersede         4.4
 *   Versions.Latest, Stamp            the same where the later time wins
 *   Coordinator, Operation            asks the owners until R or W have answered                       4.5
 *   Post, Letters, Peers              whom it asks, who stands in, who counts as down                  4.6
 *   Writer                            makes versions
 *   Replica, Holdings, Held           what a node holds and owes: what survives a crash
 *   Aftercare, Repairs                read repair, and hints for owners that were not there            4.6, 5
 *   Handoff                           brings hints to their owners                                     4.6
 *   AntiEntropy, MerkleTrees          finds what all else has missed                                   4.7
 *   Graves                            forgets deletions after their grace
 *   Rebalance, RingChange             moves keys after nodes have joined or left, and which changes may be
 *   QuorumInvariants                  what is always true, and what is true in the end
 * }</pre>
 *
 * <p><b>A write</b> with vector clocks. One lane a node; {@code [w]} is a forced write, {@code =>} is sent eagerly, that
 * is without waiting for the sender's disk, {@code ->} when what was journalled before it is durable. A node that owns the
 * key coordinates; another one redirects to an owner, for whoever makes versions must know how far it had counted.
 *
 * <pre>{@code
 *   client      an owner                another owner         another owner
 *     |             |                       |                     |
 *     |---put------>|==Read================>|                     |    what is there, so that the new version
 *     |             |==Read======================================>|    supersedes it: a merge brings it along
 *     |             |<-ReadReply------------|                     |    (a context), and begins below
 *     |             |  R answers, itself included                 |
 *     |            [w]-Write-------------->[w]                    |    the version, its siblings and its clock
 *     |             |--Write------------------------------------>[w]
 *     |             |<-WriteReply-----------|                     |
 *     |<==ok========|  W hold it                                  |
 * }</pre>
 *
 * <p>With {@code last-write-wins} any node coordinates, nothing is read, the version is the value and the time, and both
 * writes leave at once. <b>A read</b> asks all owners, answers when R have, with all that these know together, and gives
 * it to those of the owners that know less. The states of a command are drawn at {@link dcluster.quorum.Operation}.
 *
 * <p><b>Why nothing is lost.</b> What a replica holds of a key is a clock and the versions that it covers and nobody
 * superseded ({@link dcluster.quorum.Versions.Concurrent}). An actor, that is one replica of one key, makes each version
 * from all that it holds, and whoever hears of it hears of all that; so a clock that counts to an actor's fifth version
 * knows the first four, and "covered, but not there" means "superseded by somebody who knew it". A replica that forgets a
 * key is another actor when it makes a version of it again. Clocks are never truncated: they have an entry for each owner
 * that ever coordinated a write of the key since it was last forgotten.
 *
 * <p><b>What clients may rely on.</b>
 *
 * <pre>{@code
 *   R + W > N, vector clocks     each value that is read is the latest whose write had ended, or concurrent to the read
 *                                (a regular register, Lamport 1986): two quorums share a node
 *   R + W > N, last-write-wins   the same while the clocks on the walls agree better than two writes are apart
 *   else, or sloppy              all owners come to the same; no write that was acknowledged is lost with vector clocks
 *   a deletion                   stays, unless a node that held the value, for itself or for an owner, did not hear of it
 *                                within tombstone-grace: it was away for longer, or nothing is switched on that tells it
 * }</pre>
 *
 * <p>A regular register is no linearizable one: of two reads during a write the first may find the new and the second the
 * old value. {@code abd} writes back what it has read, and is.
 *
 * <p><b>What it costs</b> where nothing fails, all owners are up and one of them coordinates ({@code FormulasTest} checks
 * each):
 *
 * <pre>{@code
 *   put, delete (vector clock)   4(N-1) messages, N forced writes, 2 round trips, of which one waits for two disks in turn
 *   merge                        2(N-1) messages, N forced writes, 1 round trip
 *   put (last-write-wins)        2(N-1) messages, N forced writes, 1 round trip
 *   delete (last-write-wins)     4(N-1) messages, N forced writes, 2 round trips
 *   read, delete of nothing      2(N-1) messages, 0 forced writes, 1 round trip
 *   at a node that is no owner   2N or 4N messages instead; writes with vector clocks are redirected
 *   idle                         a root of a tree to another node, each anti-entropy-every
 * }</pre>
 *
 * <p><b>What leaves without waiting for the disk</b>, and why it may: questions, and writes whose version is a time (none
 * says that anything is durable here), answers to clients (a quorum has said so durably). A version of a vector clock
 * waits for its maker's disk: it has counted up, and must not count to the same number again. A node counts itself as it
 * counts others, by a message to itself.
 *
 * <p><b>Invariants</b>: Unique Versions, no two values of a key are one version; Growing Knowledge, an owner never knows
 * less while it lives; in the end Convergence, all owners of a key hold the same and nobody owes anything. That clients
 * see regular registers, and that nothing acknowledged is lost, is for the checkers of histories.
 *
 * <p><b>Memory and disk.</b> The journal holds a record for each change that a replica took, one for each key that it
 * owes, and is rewritten when it is larger than {@code compact-above} and twice the state, piece by piece. A coordinator
 * refuses what could grow its own state above {@code storage.capacity}, and a version beside 64 siblings. What other nodes
 * bring a replica takes until its state is half as large again. What would fit into no message with what it holds it does
 * not take at all, so that replicas stay apart until a client writes or merges.
 *
 * <p><b>Where it leaves the paper.</b> A put without a context reads before it writes, so that clients which know nothing
 * of contexts leave no heap of siblings. There is no gossip: the ring is in the cluster file, and changes between two runs
 * of the cluster. Who stands in for an owner is, if possible, the coordinator itself. A hint is also left where a strict
 * quorum was reached without an owner. A deletion makes no version: of a put that did not know it, the put stays. It is
 * remembered for its grace by each node's own uptime, so that no wrong clock shortens it.
 */
@NullMarked
package dcluster.quorum;

import org.jspecify.annotations.NullMarked;
