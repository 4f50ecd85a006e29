/**
 * Multi-Paxos: a sequence of instances of consensus under a stable leader, and a state machine that each replica drives by
 * what they choose.
 *
 * <p><b>The problem.</b> Some nodes, any of which may crash and come back, connected by a network that may lose, repeat,
 * delay and reorder what they say, are to agree on one value: though several propose, though nobody can tell a node that is
 * slow from one that is dead, and so that whoever learns the value learns the same. A sequence of such agreements lets them
 * answer clients as one machine.
 *
 * <p><b>Sources.</b> Leslie Lamport, "Paxos Made Simple", 2001 ("section"); Heidi Howard, Dahlia Malkhi and Alexander
 * Spiegelman, "Flexible Paxos: Quorum Intersection Revisited", 2016; Jonathan Kirsch and Yair Amir, "Paxos for System
 * Builders", 2008; Robbert van Renesse and Deniz Altinbuken, "Paxos Made Moderately Complex", 2015; for reads Diego Ongaro,
 * "Consensus: Bridging Theory and Practice", PhD thesis, Stanford 2014 ("thesis"); for wiped nodes Barbara Liskov and James
 * Cowling, "Viewstamped Replication Revisited", 2012.
 *
 * <pre>{@code
 *   section             class                          what it does
 *   2.2                 Ballot, Proposal, Value        a number, and what is proposed under it
 *   2.2, P1a            Vows, Window                   what an acceptor has promised and accepted
 *   2.2, P2c            Adoption                       which value a proposer may propose
 *   2.2                 Quorums                        which acceptors are enough: "a majority"
 *   2.2, phase 1        Acceptor, Preparation          prepare requests and promises, once for all instances
 *   2.2, phase 2        Acceptor, Leadership, Run      accept requests and acceptances, many instances at once
 *   2.3                 Learner, Teacher               what is chosen; asking for it, and telling it
 *   2.4, 3              Proposer, FailureDetector,     the distinguished proposer: who it is, and how it is
 *                       Role                           replaced
 *   2.5                 DurableState, PaxosRecord      stable storage
 *   3                   Leadership, Peers              the leader
 *   thesis 3.10, 6.4    Leadership                     handing over; reads without an instance
 *   VR Revisited, 4.3   Amnesia                        a wiped replica comes back
 *   2.1, 2.2            PaxosInvariants                what is always true
 * }</pre>
 *
 * <p>One instance of Ballot, Proposal, Vows, Adoption, Quorums and Run is single-decree Paxos, without network, disk or
 * time: {@code PaxosMadeSimpleTest} holds it against each rule of section 2. What does not depend on Paxos is in
 * {@link dcluster.toolkit}: Log, StateMachine, Requests, Reads, Shipment, Incoming, Handover, Retention, Rewriting.
 *
 * <p>A node is a proposer, an acceptor and a learner at once, and these call each other directly. Below, one lane is a role;
 * the leader's own acceptor is called, and answers by a message to itself. {@code [w]} is a forced write, {@code =>} is sent
 * eagerly, that is without waiting for the sender's disk, {@code ->} when what was journalled before it is durable.
 *
 * <p><b>A command.</b>
 *
 * <pre>{@code
 *   client      proposer, leading    its acceptor        other acceptors        learners
 *     |               |                   |                     |                  |
 *     |----put------->| gathers the turn  |                     |                  |
 *     |               |--accept---------->|                     |                  |   called
 *     |               |==Accept================================>|                  |   one message an
 *     |               |                  [w]                   [w]                 |   acceptor and turn
 *     |               |<-Accepted---------|                     |                  |
 *     |               |<-Accepted-------------------------------|                  |
 *     |               | a quorum of phase 2: chosen             |                  |
 *     |               |---------------------------------------------------chosen-->|   its own, called:
 *     |<==ok==========|                                                            |   applies in order
 *     |               |==Accept or Heartbeat===================>|                  |   how far all is
 *     |               |                                         |---------chosen-->|   chosen
 * }</pre>
 *
 * <p><b>A read</b> ({@code reads: read-index}).
 *
 * <pre>{@code
 *   client      proposer, leading                         other acceptors
 *     |               |                                         |
 *     |----get------->| notes what is chosen, begins a round    |
 *     |               |==Heartbeat round=9=====================>|
 *     |               |<=HeartbeatReply round=9=================|   no disk is touched
 *     |               | a quorum of phase 2, and applied as far as noted
 *     |<==found=======|                                         |
 * }</pre>
 *
 * <p><b>A change of the leader.</b>
 *
 * <pre>{@code
 *         proposer            its acceptor        other proposers    other acceptors
 *              |                   |                     |                  |
 *  hears no    |==Suspect===============================>|                  |
 *  leader      |<=Suspected==============================|                  |   hears none either
 *  a quorum of |                   |                     |                  |
 *  phase 1     |--prepare--------->|                     |                  |   called
 *  suspects    |==Prepare ballot=2.n2.1, from the first instance not known=>|   to be chosen
 *              |                  [w]                    |                 [w]
 *              |<-Promise----------|                     |                  |   with all that was
 *              |<-Promise---------------------------------------------------|   accepted there
 *  a quorum of |                   |                     |                  |
 *  phase 1     | (Learn, Learned: what one of them knows to be chosen)      |
 *      elected |==Accept of what it adopts, no-ops in holes================>|
 * }</pre>
 *
 * <p>The states of a proposer are drawn at {@link dcluster.paxos.Role}, what a replica holds of the sequence at
 * {@link dcluster.paxos.DurableState}.
 *
 * <p><b>Quorums.</b> Every quorum of phase 1 shares an acceptor with every quorum of phase 2; two of the same phase need not
 * meet. {@code QuorumsTest} checks it for all sets of up to seven acceptors and for grids. A set that could miss another is a
 * configuration error, which names both.
 *
 * <pre>{@code
 *   quorums                     phase 1               phase 2             commands outlive     a change of the leader
 *   majority                    floor(n/2)+1          floor(n/2)+1        (n-1)/2 nodes down   (n-1)/2 nodes down
 *   {phase-1: a, phase-2: b}    a, where a + b > n    b                   n-b nodes down       n-a nodes down
 *   grid of r rows, c columns   a row: c              a column: r <= c    while one column     while one row is up
 *                                                                         is up
 * }</pre>
 *
 * <p>So a small quorum of phase 2 waits for few: with three slow followers of five and {@code {phase-1: 4, phase-2: 2}} the
 * p99 of commands is as before, with majorities it is that of the slow ones; and a change of the leader takes four
 * ({@code SlowFollowersTest} shows both).
 *
 * <p><b>What it costs</b> in a cluster of n, where nothing fails ({@code FormulasTest} checks each):
 *
 * <pre>{@code
 *   command (or all of a turn)   2(n-1) messages, n forced writes; 1 round trip and 1 forced write in sequence, for
 *                                all disks write at the same time. Whatever the quorums are
 *   read by read-index (a turn)  2(n-1) messages, 0 forced writes, 1 round trip
 *   read by the log              as a command
 *   change of the leader         4(n-1) messages, n forced writes; 2 round trips and 1 forced write in sequence, after
 *                                the timeout; what is adopted then costs what a command costs. Of a dead leader
 *                                there are two answers and a forced write less
 *   idle                         2(n-1) messages a heartbeat interval
 * }</pre>
 *
 * <p>So a command costs what it costs in {@code dcluster.raft}: a single round trip, which all of a turn share. As processes
 * the two do about as many writes a second; what decides is the disk.
 *
 * <p>Proposers that stand at the same time duel for a few ballots: where a message takes a quarter of the least election
 * timeout, one way, a change of the leader takes a median of one ballot with three nodes and of two with five or seven, and
 * no more than there are nodes ({@code DuelTest}). Who promises another gives it an election timeout; who failed waits longer, at random.
 *
 * <p><b>What leaves without waiting for the disk</b>, and why it may: questions and answers of suspicion (they promise
 * nothing); prepare requests (their ballot is never chosen again, for it carries the incarnation of its node); a leader's
 * accept requests (they are counted for the leader's acceptor only when a message to itself proves its own write, and if it
 * forgets them nobody proposes in their ballot again); heartbeats; their replies (they claim that no higher ballot was
 * promised, and a promise that is not durable was told to nobody); questions of learners, and what is chosen (durable on a
 * quorum); answers to clients about it; an order to take over. Promises, acceptances, rejections, pieces of snapshots and
 * their acknowledgements are held.
 *
 * <p><b>Invariants</b>, under the words of the paper: Different Proposals Have Different Numbers (2.2), Only a Single Value
 * Is Chosen (2.1), P2b (2.2); and State Machine Safety. {@link dcluster.paxos.PaxosInvariants} checks them over all replicas;
 * what one replica can see of them alone is checked always, and stops the node: a promise that is taken back, a proposal
 * accepted below the promise, an instance known to be chosen that would take another value.
 *
 * <p><b>Memory and disk.</b> The journal holds the promise, what was accepted and is not known to be chosen, the latest
 * snapshot and what is chosen after it; it is rewritten when it is larger than {@code snapshot-every} and twice the state.
 * Each record of what is accepted tells how far everything was known to be chosen, so a restart, and phase 1 after it, are
 * about no more than was open. Of what is applied as much stays in memory as {@code snapshot-every} says, for learners that
 * lag a little. Who lacks something that is gone is sent the state machine in chunks, from a view that costs nothing to
 * take. A leader holds as many instances open as {@code in-flight} says, and an acceptor accepts nothing that is farther
 * ahead of what it knows to be chosen than twice that; so a window of open instances is bounded, and what a new leader
 * adopts with it. The state itself is bounded by {@code storage.capacity}: the leader refuses what
 * could make it larger, counting what is open. Deletions are always taken.
 *
 * <p><b>Sessions</b> are a part of the state machine's state: a command that is asked again is applied once, whoever leads.
 *
 * <p><b>Nodes that lost their disks.</b> A replica that is wiped has forgotten what it promised and accepted. It promises
 * nothing, begins no ballot, acknowledges nothing, and answers no heartbeat and no other that recovers, until a
 * majority of the cluster without itself has answered: so each majority that ever promised or accepted with its help has
 * another member among those that answered, and any two sets that answered share one, which keeps the marks (see
 * {@code dcluster.raft}, whose argument holds for promises as for votes). It takes the greatest ballot among the answers for
 * promised, and waits until it holds what the leader of that ballot had proposed by then. Whoever answers has durably marked
 * it: of two promises one of which marks the other's giver in a later life the other does not count, and a leader neither
 * keeps nor takes acceptances of an earlier life of an acceptor that it has marked. So a ballot that was promised with its
 * forgotten word is either known to those that answered, or finds no quorum any more. {@code RecoveryTest} shows each part.
 * With other quorums than majorities the wiped node may have been the only one of a quorum of phase 2 that a later one of
 * phase 1 can still hear: then nobody is to be wiped.
 *
 * <p><b>Where it deviates from the paper.</b>
 * <ul>
 *   <li>A ballot is a round, a node and that node's incarnation, which is durable before a node says anything. So a proposer
 *       need not remember "(in stable storage) the highest-numbered proposal it has tried to issue" (2.5): what it forgets in
 *       a crash it never begins again.
 *   <li>A prepare request with the number that was promised last is answered again, and to the same effect: the paper answers
 *       greater ones alone, and the network repeats messages.
 *   <li>Promises are about all instances from one on, and come in as many pieces as they take; each says which instances it
 *       is about, so they may overtake each other. Who has not answered in full is asked again for the rest.
 *   <li>An acceptor that knows an instance to be chosen says so instead of what it had accepted there; and then the proposer
 *       learns it before it leads. What is chosen outranks every ballot.
 *   <li>Consecutive instances that are proposed together are accepted and counted together, as one run.
 *   <li>"An acceptor can ignore any request": it ignores prepare requests while it hears a leader, but for those of a
 *       proposer that the leader has ordered to take over, and proposals far beyond what it knows to be chosen.
 *   <li>A proposer asks before it begins a ballot whether others hear no leader either, and needs a quorum of phase 1 of
 *       them (Kirsch and Amir): one that hears badly deposes nobody.
 *   <li>A leader that hears no quorum of phase 2 for the longest election timeout leads no more.
 *   <li>The leaders and acceptors of Paxos Made Moderately Complex are the same nodes here, and a leader has
 *       no scout or commander for each ballot or slot: Preparation and Run are what those keep.
 *   <li>The first node of a new cluster does not wait for a timeout.
 * </ul>
 *
 * <p><b>What it leaves out</b>: reconfiguration, be it by instances alpha ahead (section 3) or otherwise; leases and stale
 * reads; and acceptors that are not learners.
 */
@NullMarked
package dcluster.paxos;

import org.jspecify.annotations.NullMarked;
