/**
 * Raft: a log that an elected leader replicates to a majority, and a state machine that each replica drives by it.
 *
 * <p><b>The problem.</b> Some nodes, any of which may crash and come back, connected by a network that may lose,
 * repeat, delay and reorder what they say, are to answer clients as one machine that never forgets what it acknowledged
 * and never contradicts itself, as long as a majority of them is up and connected.
 *
 * <p><b>Sources.</b> Diego Ongaro and John Ousterhout, "In Search of an Understandable Consensus Algorithm", extended
 * version, 2014 ("section", "figure"); Diego Ongaro, "Consensus: Bridging Theory and Practice", PhD thesis, Stanford
 * 2014 ("thesis"). For nodes that lost their disks, of which these say nothing: Barbara Liskov and James Cowling,
 * "Viewstamped Replication Revisited", MIT-CSAIL-TR-2012-021, section 4.3.
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
 *   VR Revisited, 4.3   Recovery                       a wiped replica comes back
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
 * <p><b>A wiped node</b> comes back; n1 leads term 4, and its log ends at 90.
 *
 * <pre>{@code
 *               n1                        n2                    n3, wiped after its 6th start
 *                |<-Recover nonce=7.1---------------------------|
 *               [w] its mark of n3: 7      |<-Recover 7.1-------|
 *                |                        [w] likewise          |
 *                |--RecoverReply 7.1 term=4 leads last=90------>|
 *                |                         |--RecoverReply----->|     a majority without n3
 *                |==AppendEntries or a snapshot================>|
 *                |<-AppendReply 90, does not count-------------[w]
 *                |                         |                   [w] Recovered term=4, its vote spent
 *                |<=HeartbeatReply==============================|     a follower again
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
 *   recovery from a wipe         a majority of n without the wiped, so n is 3 at least, and floor((n-1)/2) may be
 *                                wiped and not recovered at once; 2(n-1) messages a heartbeat interval, one forced
 *                                write at each that is asked, for the mark
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
 * <p><b>Nodes that lost their disks.</b> A replica that is wiped has forgotten in which terms it voted, and entries that
 * were counted on it. It is {@link dcluster.raft.Role#RECOVERING}: it gives neither votes nor promises of votes, answers
 * no heartbeat and no other replica that recovers, waits for no leader, and what it is fed does not count. {@link
 * dcluster.raft.Amnesia} tells what it does. Let W be wiped after its incarnation j, recover in incarnation i on the
 * answers of a majority R without W, and T be the greatest term among these. Why nothing goes wrong then, of which the
 * papers have no proof:
 *
 * <p><em>Marks.</em> Whoever answers W has durably marked it: what W said before i is void. Votes and answers carry the
 * marks of who gives them, and a set of votes (or of answers) in which one is void by the marks of another does not
 * count ({@link dcluster.toolkit.Testimony}).
 * <ol>
 *   <li><em>A mark is not forgotten.</em> If A is in R, then A has W's mark in every later life in which it speaks. In the
 *       same life that is so because it is durable. Suppose that A is wiped after its answer and recovers, on a majority
 *       Q. R and Q share a node B, other than A. Did B answer W first, then A inherits W's mark from it. Did B answer A
 *       first, then its answer to W marked A, so that A's old answer was void and A was not in R. (Was B wiped between its
 *       two answers, the same holds of B's recovery instead of the later of these two; since each recovery is complete
 *       before its node answers anybody, that comes to an end.)
 *   <li><em>A spent vote stays spent.</em> Let X be elected in term t with a set V of votes, W's from incarnation j among
 *       them. Then T is at least t, so that W, which votes above T alone, votes in t for nobody else: V and R share a node
 *       A. If A voted for X before it answered W, its term was t by then. If it voted afterwards, its vote marked W (by
 *       1), and W's was void. If A was wiped between its vote and its answer, its own recovery was in t at least, by the
 *       same argument, and it was complete before A answered. So there are no two leaders of a term.
 *   <li><em>What was counted is there.</em> Let a leader L of term t have counted W's acknowledgement of entry k, from
 *       incarnation j. All that voted for L had done so before, so T is at least t as in 2. The leader whose log W has to
 *       hold leads a term from T on: if that is t, it is L, which was asked after it had appended k; if it is later, it
 *       holds k by Leader Completeness, if k is ever committed. So W holds k when it votes again, as the proof of the paper
 *       has it. That is why the question carries a nonce: what was sent or said before the wipe is no answer to it.
 *   <li><em>What is fed does not count.</em> W may have promised a later term t' in incarnation j, whose leader was
 *       elected without k. Were W's copy of k counted in t before W has heard of t', k would be committed and lost. Once
 *       W has recovered, T is at least t' by 2, or that promise is void.
 *   <li><em>Reads.</em> A leader of term t answers reads once a majority has replied to a round. Had another been elected
 *       in t' before the round began, one of these had voted for it: in the same life it would have left t; if it was
 *       wiped since, it had recovered, in t' at least by 2. Replies from before a wipe are as true as ever.
 * </ol>
 * Nothing of this asks whether n is even: two majorities share a node, and R does not contain W, so what they share is
 * another one. Two that recover at once do not answer each other, so a majority must be left that has forgotten nothing. One
 * that crashes or is wiped while it recovers asks as a later incarnation, and has said nothing meanwhile that counts. A
 * promise of a vote binds nobody, from before a wipe or after.
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
 * <p><b>What it leaves out</b>: changes of membership (section 6), leases and stale reads.
 */
@NullMarked
package dcluster.raft;

import org.jspecify.annotations.NullMarked;
