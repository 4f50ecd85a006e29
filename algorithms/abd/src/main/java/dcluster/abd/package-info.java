/**
 * {@code abd}: atomic registers that many write, kept by a majority and by no leader.
 *
 * <p><b>The problem.</b> Some nodes, any of which may crash and come back, connected by a network that may lose,
 * repeat, delay and reorder what they say, are to hold a register for each key: a read finds what was written last, as
 * if each command happened at one moment between its call and its answer. Without consensus: whoever reaches a majority
 * is served at once, there is nobody to elect and no gap when a node is lost. The price is that nothing can look at a
 * register and change it as one: compare-and-set, counters, lists and transactions are refused, for no algorithm of
 * registers can have them (Herlihy 1991: registers have consensus number 1).
 *
 * <p><b>Sources.</b> Hagit Attiya, Amotz Bar-Noy and Danny Dolev, "Sharing Memory Robustly in Message-Passing Systems",
 * 1995: one writer. Nancy Lynch and Alexander Shvartsman, "Robust Emulation of Shared Memory Using Dynamic
 * Quorum-Acknowledged Broadcasts", 1997: many writers, each first asks for the greatest tag.
 *
 * <pre>{@code
 *   class                   what it does
 *   Coordinator, Operation  the client's half: query a majority, then propagate to a majority
 *   Replica                 the server's half: answers queries, holds what is newer
 *   Register, AbdRecord     a value and its tag for each key: what survives a crash
 *   Tag                     which of two writes is the later one
 *   Letters                 what a turn has for one node, as one message of each kind
 *   AbdInvariants           what is always true
 * }</pre>
 *
 * <p><b>A write.</b> One lane a node; {@code [w]} is a forced write, {@code =>} is sent eagerly, that is without waiting
 * for the sender's disk, {@code ->} when what was journalled before it is durable. Any node coordinates.
 *
 * <pre>{@code
 *   client      coordinator              replica               replica
 *     |             |                       |                     |
 *     |---put------>|==Query, tags alone===>|                     |
 *     |             |==Query======================================>|
 *     |             |<-QueryReply-----------|                     |
 *     |             |  a majority: a tag above all of these       |
 *     |            [w]=Propagate===========>[w]                   |
 *     |             |==Propagate=================================>[w]
 *     |             |<-PropagateReply-------|                     |
 *     |<==ok========|  a majority           |                     |
 * }</pre>
 *
 * <p><b>A read</b> asks for values. If all of its majority hold the same, that is the answer: whatever a majority holds
 * every later query meets. If not, the newest may be what only one replica holds and could be forgotten again; so it is
 * propagated first (written back), and then answered. The states of a command are drawn at {@link dcluster.abd.Operation}.
 *
 * <p><b>Why it is atomic.</b> Two majorities share a node. So a write's tag is above that of every write and read which
 * had ended before it was asked for, and a read finds at least that. Tags are never given twice ({@link dcluster.abd.Tag}):
 * a writer counts up in memory, and each of its lives has another incarnation, which is durable before it serves.
 *
 * <p><b>What it costs</b> in a cluster of n, where nothing fails ({@code FormulasTest} checks each):
 *
 * <pre>{@code
 *   quorum                     floor(n/2) + 1; (n-1)/2 nodes may fail
 *   write (or all of a turn)   4(n-1) messages, n forced writes, 2 round trips; the second waits for disks
 *   read (or all of a turn)    2(n-1) messages, 0 forced writes, 1 round trip, if its majority agrees;
 *                              else what is written back costs like the second half of a write
 *   idle                       nothing
 * }</pre>
 *
 * <p><b>What leaves without waiting for the disk</b>, and why it may: queries and changes (neither says that anything is
 * durable here), answers to clients (a majority has said so durably). Replies are held: a query's too, for whoever counts
 * it may answer a client with it. A node counts itself as it counts others, by a message to itself.
 *
 * <p>A tag that only a write asks for could leave at once, for a tag that a crash takes back would merely make its writer
 * count higher. It is held all the same: replies that wait for one sync share a frame. Letting tags go first gained
 * nothing clear at 64 and 256 clients (the median of 14 ratios of throughput was 1.0, their range 0.74 to 1.55), and a
 * seventh at 16.
 *
 * <p><b>Throughput</b> of 64 and 256 clients that each wait for their answer, as {@code redis-benchmark -t set -d 100 -r
 * 1000 -c 64} does, as a share of raft's; three nodes and their clients on two cores. In the least disturbed of three
 * sittings, all clients at one node: 0.93 and 0.92; spread over the nodes, a third of them at each: 0.46 and 0.59, while
 * other programs took most of a core. By turns with raft, with both cores taken by other programs most of the time: 0.99
 * and 0.70 (medians of 8), and 0.68 and 0.57.
 *
 * <p><b>Invariants</b>: Unique Tags, no two values of a register have one tag; Growing Tags, no replica goes back while it
 * lives. That clients see atomic registers is for the checker of histories.
 *
 * <p><b>Memory and disk.</b> The journal holds a record for each change that a replica took, and is rewritten as one for
 * each key when it is larger than {@code compact-above} and twice the state. A deletion stays as a tag without a value
 * (about 200 bytes), since an old change may always still arrive. The coordinator refuses what could grow its own
 * registers above {@code storage.capacity}; a replica takes what others have taken.
 *
 * <p><b>What it leaves out.</b> Replicas are not brought to the same state when nobody reads: a node that was down holds
 * what it held, and is asked together with others that know more. So {@code status} may show different state hashes for
 * ever, which means nothing. A deletion answers whether its own query found something, which another write may have
 * changed by the time it takes effect. A node that lost its folder must not be started with an empty one.
 */
@NullMarked
package dcluster.abd;

import org.jspecify.annotations.NullMarked;
