/**
 * What several algorithms share, so that each of them holds nothing but its own protocol.
 *
 * <ul>
 *   <li>{@link dcluster.toolkit.HandlerTable} hands each message, record or command to the one method that is there for
 *       its type, and is complete by construction.
 *   <li>{@link dcluster.toolkit.Store} is the key-value state machine that a replicated log drives. It says what every
 *       {@link dcluster.spi.Command} means, and so that all algorithms mean the same.
 *   <li>{@link dcluster.toolkit.Frozen} is its content at one moment, taken in constant time; it comes apart into
 *       {@link dcluster.toolkit.StoreChunk}s, which travel in messages and stand in journals.
 *   <li>{@link dcluster.toolkit.SessionBound} is the rule of how many sessions a store remembers: the clients whose
 *       commands, asked again, it applies once.
 *   <li>{@link dcluster.toolkit.KeyedState} is what keys hold, frozen as cheaply, with a hash and a size: for the store,
 *       and for algorithms that keep a state of their own by key.
 *   <li>{@link dcluster.toolkit.Capacity} keeps a store within its share of the memory, by refusing writes where they
 *       are proposed.
 *   <li>{@link dcluster.toolkit.Room} does the same for a state by key that no log drives.
 *   <li>{@link dcluster.toolkit.Pending} is what a node asked others for and waits for: it asks again, and gives up.
 *   <li>{@link dcluster.toolkit.Batches} puts what a turn gathered into messages of a bounded size.
 *   <li>{@link dcluster.toolkit.Ring} spreads keys over nodes, so that few move when a node comes or goes.
 *   <li>{@link dcluster.toolkit.Consensus} names what nobody can serve without it.
 *   <li>{@link dcluster.toolkit.Log} holds the part of a replicated log that is in memory; {@link
 *       dcluster.toolkit.StateMachine} takes what is decided of it, in order; {@link dcluster.toolkit.Retention} drops
 *       what is applied, {@link dcluster.toolkit.Rewriting} keeps the journal in proportion to the state, and {@link
 *       dcluster.toolkit.Records} makes the records of a rewritten one; {@link dcluster.toolkit.Amount} is a bound.
 *   <li>{@link dcluster.toolkit.Requests} and {@link dcluster.toolkit.Reads} are what a leader owes to clients: writes by
 *       their place in the log, reads by a read index.
 *   <li>{@link dcluster.toolkit.Shipment} sends a snapshot piece by piece, and {@link dcluster.toolkit.Incoming} is one
 *       that is being received.
 *   <li>{@link dcluster.toolkit.Handover} hands leadership over by an operator's order; {@link
 *       dcluster.toolkit.LogOptions} are the rules of the options of a log and its leader; {@link
 *       dcluster.toolkit.StateMachineSafety} is the invariant of all {@link dcluster.toolkit.Replicated} logs.
 *   <li>{@link dcluster.toolkit.Tally} and {@link dcluster.toolkit.Quorums} count votes and find what a majority has.
 *   <li>{@link dcluster.toolkit.Recovery} brings a wiped node back: {@link dcluster.toolkit.Inquiry} is what it asks the
 *       others, {@link dcluster.toolkit.Marks} what they keep of that, and {@link dcluster.toolkit.Testimony} counts votes so that those from before a wipe do no harm.
 *   <li>{@link dcluster.toolkit.PersistentMap} and {@link dcluster.toolkit.PersistentList} are the immutable
 *       collections below the store, and for whatever else must be frozen while it changes.
 * </ul>
 *
 * <h2>How the store freezes, and what that costs</h2>
 *
 * The content is an immutable trie, its hash and its size; the store is a reference to the present one. A write makes a
 * new trie that shares all but the path to one key, so freezing is reading the reference, a transaction that fails goes
 * back by putting the old one in place, and a snapshot is written piece by piece while commands go on.
 *
 * <p>A copied path is about half a kilobyte of garbage: with keys of 16 bytes and values of 100, a put costs about 0.2
 * microseconds on a thousand keys, and 1 on a hundred thousand at random, where waiting for memory is most of it (JDK
 * 17, serial collector, on two busy cores). A plain hash table, with a second one beside it for what changes during a
 * snapshot, would copy nothing; but then every reader of the state would have to know that a snapshot is under way.
 *
 * <h2>Sessions</h2>
 *
 * What a store remembers of its clients (Ongaro's thesis, section 6.3) is content as keys are: it is frozen, hashed and
 * cut into chunks with them, so that a replica which begins with a snapshot knows each command that was applied before.
 * Of each session that is the greatest sequence, the hash of its command, and its answer up to 4 KiB. Beyond the most
 * sessions that there may be the one used longest ago expires, by the order of the log and no clock, so all replicas
 * forget the same one. The order of uses is a linked list in a {@link dcluster.toolkit.PersistentMap}; the thesis
 * leaves open how it is kept.
 *
 * <h2>The state hash</h2>
 *
 * Equal content has an equal hash, on every machine and whatever led to it, and reading it costs nothing: it is kept up
 * with each write. It is the sum, modulo 2^64, over all keys of a mixed hash of key and value, so that order does not
 * matter and what a write replaces can be subtracted. The hash of a list is a polynomial in its elements' hashes, which
 * an element at either end changes in constant time. It is a check against divergence, not against malice.
 */
@NullMarked
package dcluster.toolkit;

import org.jspecify.annotations.NullMarked;
