/**
 * Session guarantees (Terry, Demers, Petersen, Spreitzer, Theimer and Welch 1994, "Session guarantees for weakly
 * consistent replicated data", section 3), of registers (Viotti and Vukolic 2016, "Consistency in non-transactional
 * distributed storage systems", section 3.4).
 *
 * <p>A session is all that one process number did: a client goes on under a new number after an outcome that it does not
 * know, and with that it begins a new session, of which less is demanded. The first version of a key is null; each write
 * that did not fail makes another. Such a store need not order versions as time does, and a client never sees the order.
 * Therefore guarantees hold together if there is, for each key, <em>some</em> total order of its versions, the first
 * version first, and some choice, for each read, of a version with its value whose write had been invoked before the
 * read ended, such that for all operations a and b of one session, a before b:
 *
 * <ul>
 *   <li><em>read your writes</em>: if a wrote and b read, the version of a is not later than that of b;
 *   <li><em>monotonic reads</em>: if both read, the same;
 *   <li><em>monotonic writes</em>: if both wrote, the same;
 *   <li><em>writes follow reads</em>: if a read and b wrote, the same.
 * </ul>
 *
 * Read your writes, monotonic reads and monotonic writes together are PRAM (Brzezinski, Sobaniec and Wawrzyniak 2004,
 * "From session causality to causal consistency"). A write with an unknown outcome may take effect at any time, so
 * nothing needs to be later than it. A compare-and-set that was applied reads and then writes.
 *
 * <p>What is violated alone is violated. Often, though, two guarantees each could hold, but not both: a session that
 * reads 2 and then 1, which another one wrote in the order 1, 2, has gone back, or has been shown the writes in another
 * order than they were made, and no client can tell which. Then the one and the other are unknown, their set is
 * violated, and {@link dcluster.checker.session.SessionGuarantees#judge(dcluster.checker.session.Guarantee,
 * java.util.Set)} decides if it is told which one the store keeps. Monotonic writes and writes follow reads, which order
 * only writes, are never violated by themselves: the order of the invocations fulfils both.
 *
 * <p>Where values are written once, all this is decided exactly, in linear time: an order exists just if no two
 * versions are in one strongly connected component of the demands. Where a value was written more than once it is
 * decided exactly if there are few ways to tell which write a read saw; else an answer may be unknown, but none is
 * wrong. What cannot be told: whether a read was old in time (that is staleness), anything across keys, and whatever
 * happens to sessions that go on under new numbers.
 */
@NullMarked
package dcluster.checker.session;

import org.jspecify.annotations.NullMarked;
