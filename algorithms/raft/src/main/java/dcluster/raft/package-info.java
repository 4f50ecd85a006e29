/**
 * Raft: a log that an elected leader replicates to a majority, and a state machine that each replica drives by it.
 *
 * <p><b>The problem.</b> Some nodes, any of which may crash and come back, connected by a network that may lose,
 * repeat, delay and reorder what they say, are to answer clients as one machine that never forgets what it acknowledged
 * and never contradicts itself, as long as a majority of them is up and connected.
 *
 * <p><b>Sources.</b> Diego Ongaro and John Ousterhout, "In Search of an Understandable Consensus Algorithm", extended
 * version, 2014 ("section", "figure"); Diego Ongaro, "Consensus: Bridging Theory and Practice", PhD thesis, Stanford
 * 2014 ("thesis").
 *
 * <pre>{@code
 *   section             class                          what it does
 *   5.1, figure 2       DurableState, RaftRecord       term, vote, log: what survives a crash
 *   5.2, 5.4.1          Election, Role                 terms, votes, roles
 *   thesis 9.6, 4.2.3   Election                       pre-vote; who hears a leader is deaf to candidates
 *   thesis 6.2          Leadership                     a leader without a quorum steps down
 *   5.3                 Leadership, Replication,       the leader's half: appends, sends, answers
 *                       Progress, Peers, Requests
 *   5.3                 Following                      the follower's half
 *   5.4.2               Commitment, StateMachine       what is committed, and applying it
 *   thesis 6.4          Reads                          reads without a place in the log
 *   7                   Snapshots, Shipment,           sending a snapshot; receiving one
 *                       Installation, Incoming
 *   7                   Retention, Rewriting,          keeping log and journal bounded
 *                       StateRecords
 *   figure 3            RaftInvariants                 what is always true
 * }</pre>
 *
 * <p>What does not depend on Raft is in {@link dcluster.toolkit}: StateMachine, Requests, Reads, Shipment, Incoming,
 * Retention, Rewriting.
 *
 * <p><b>A command.</b> One lane a node; {@code [w]} is a forced write, {@code =>} is sent eagerly, that is without
 * waiting for the sender's disk, {@code ->} when what was journalled before it is durable.
 *
 * <pre>{@code
 *   client        leader                follower              follower
 *     |             |                      |                     |
 *     |---put------>| gathers the turn     |                     |
 *     |             |==AppendEntries======>|                     |     one message a follower
 *     |             |==AppendEntries============================>|     and turn
 *     |            [w]                    [w]                   [w]    all three disks at once
 *     |        to itself:                  |                     |
 *     |        AppendReply                 |                     |
 *     |             |<--AppendReply--------|                     |
 *     |             | majority: committed, applied               |
 *     |<==ok========|                      |                     |
 *     |             |<--AppendReply------------------------------|
 *     |             |==AppendEntries or Heartbeat===============>|     with the commit index:
 *     |             |=====================>|                     |     followers apply
 * }</pre>
 *
 * <p><b>A read</b> ({@code reads: read-index}).
 *
 * <pre>{@code
 *     |---get------>| notes the commit index, begins a round     |
 *     |             |==Heartbeat round=9==>|                     |
 *     |             |==Heartbeat round=9========================>|
 *     |             |<==HeartbeatReply 9===|                     |     no disk is touched
 *     |             | majority, and applied as far as noted      |
 *     |<==found=====|                      |                     |
 * }</pre>
 *
 * <p><b>An election</b> with pre-vote.
 *
 * <pre>{@code
 *               n1                        n2                    n3
 *      times out |--PreVote term=5-------->|                     |
 *                |--PreVote term=5------------------------------>|
 *                |<-PreVoteReply granted---| nothing is promised |
 *   term 5, its [w]                        |                     |
 *   own vote     |--RequestVote term=5---->|                     |
 *                |--RequestVote term=5-------------------------->|
 *                |                        [w] its vote          [w]
 *                |<-VoteReply granted------|                     |
 *        elected |==AppendEntries, a no-op of term 5============>|
 * }</pre>
 *
 * <p>The states of a replica are drawn at {@link dcluster.raft.Role}, those of a follower as its leader sees it at
 * {@link dcluster.raft.Progress}.
 *
 * <p><b>What it costs</b> in a cluster of n, where nothing fails ({@code FormulasTest} checks each):
 *
 * <pre>{@code
 *   quorum                       floor(n/2) + 1; two of them share a node; (n-1)/2 nodes may fail
 *   command (or all of a turn)   2(n-1) messages, n forced writes, 1 round trip; the sequence of waits is
 *                                one round trip and one forced write, for all disks write at the same time
 *   read by read-index (a turn)  2(n-1) messages, 0 forced writes, 1 round trip
 *   read by the log              as a command
 *   election                     4(n-1) messages with pre-vote, 2(n-1) without; n forced writes
 *   idle                         2(n-1) messages a heartbeat interval
 * }</pre>
 *
 * <p><b>What leaves without waiting for the disk</b>, and why it may: a leader's entries (they are counted for the
 * leader only when a message to itself proves its own write; thesis, 10.2.1), heartbeats and their replies (they speak
 * of leadership and not of the log, which is why a heartbeat's reply carries no match index), answers to clients about
 * what is committed (durable on a majority). Votes, requests for votes, acknowledgements of entries and of chunks are
 * held.
 *
 * <p><b>Invariants</b>, under the names of figure 3: Election Safety, Leader Append-Only, Log Matching, Leader
 * Completeness, State Machine Safety. {@link dcluster.raft.RaftInvariants} checks them over all replicas; what one
 * replica can see of them alone is checked always, and stops the node: a term that decreases, a second vote in a term,
 * a second leader of a term, a committed entry that would be overwritten, a commit index beyond the log.
 *
 * <p><b>Memory and disk.</b> The journal holds term and vote, the latest snapshot, and the log behind it; it is
 * rewritten when it is larger than {@code snapshot-every} and twice the state. In memory applied entries stay, within
 * {@code snapshot-every}, so that a follower that lags a little needs no snapshot. Who needs an entry that is gone is
 * sent the state machine in chunks, from a view that costs nothing to take; they are pipelined, each is journalled as it
 * comes and survives the receiver's restart.
 *
 * <p>The state itself is bounded by {@code storage.capacity}: the leader refuses what could make it larger, counting
 * what is in its log and not applied. Deletions are always taken.
 *
 * <p><b>Sessions</b> (section 8; thesis, 6.3). What the state machine remembers of its clients is a part of its state:
 * it goes through the log, into snapshots and to whoever installs one, so a command that is asked again is applied once,
 * whoever leads. A session that was used longest ago expires by the order of the log; the thesis names that way beside
 * one by the leader's clock, which would need the clock in the log. Unlike in the thesis a client may send a greater
 * sequence before it has an answer to a smaller one, which is then not remembered; and sequences may have gaps.
 *
 * <p><b>Where it deviates from the paper.</b>
 * <ul>
 *   <li>Requests and replies are messages: nobody waits for a reply, each says what it acknowledges, and any may come
 *       late, twice or never. A reply to AppendEntries carries the index up to which the logs agree.
 *   <li>Heartbeats are messages of their own, not empty AppendEntries: their replies need no disk.
 *   <li>A rejection names the conflicting term and its first index (end of section 5.3), but never goes back behind
 *       what the follower knows to be committed.
 *   <li>Entries are pipelined: {@code nextIndex} advances when they are sent. A follower that lives and owes an answer
 *       for a heartbeat interval is asked again; one that is silent is sent heartbeats alone until it is heard.
 *   <li>Chunks of a snapshot are pipelined too, within the same window, and numbered rather than placed by an offset
 *       (figure 13): one at a time, each waits for the receiver's disk, and a busy leader's log leaves the snapshot
 *       behind before it has arrived.
 *   <li>A snapshot is not a file that every server writes for itself at some index: each leader sends a view of its own
 *       state, and a server's own snapshot is a part of its rewritten journal.
 *   <li>The first node of a new cluster stands for election at once. That is safe, since any node may stand at any
 *       time.
 * </ul>
 *
 * <p><b>What it leaves out</b>: changes of membership (section 6), leadership transfer (thesis, 3.10), leases and stale reads, and the recovery of a node that lost its
 * folder, which must not be started with an empty one.
 */
@NullMarked
package dcluster.raft;

import org.jspecify.annotations.NullMarked;
