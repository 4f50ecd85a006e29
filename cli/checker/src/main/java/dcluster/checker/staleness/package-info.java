/**
 * Staleness: how many versions, and how long, what reads returned was behind (k-atomicity and Δ-atomicity: Golab, Li and
 * Shah 2011, "Analyzing consistency properties for fun and profit"; as a distribution: Bailis, Venkataraman, Franklin,
 * Hellerstein and Stoica 2012, "Probabilistically bounded staleness for practical partial quorums").
 *
 * <p>The first version of a key is null, each write that did not fail may make another. A version is <em>there</em> from
 * some moment on after its write was invoked, and certainly from its <em>arrival</em>: when its write ended with {@code
 * ok}, or when a read ended that can have seen no other write, whichever was first. The version w is <em>newer</em> than
 * v if w was invoked after the arrival of v. A read r that returned v was
 *
 * <ul>
 *   <li>k versions behind, if k versions newer than v had arrived before r was invoked;
 *   <li>t behind, if the first of them had arrived t before r was invoked.
 * </ul>
 *
 * Both are the least that any order of the versions allows in which each takes effect between its invocation and its
 * arrival: where writes overlap each other, or the read, the benefit of the doubt is the store's. Where several writes
 * may have been read, the one that arrived last counts. Each read is taken for itself; all reads of a history together
 * may need a larger k. A read of a linearizable register is never behind; the converse is not true. A store that orders
 * versions otherwise than time does, as by clocks that differ, is measured by time all the same.
 *
 * <p>A compare-and-set that was applied counts as a read of what it replaced, and as a write; that it comes after what
 * it replaced is not used where time does not tell. Reads of what nobody had begun to write
 * are counted apart, and break every bound. Times are told by {@link dcluster.checker.history.Clock}; positions decide
 * what is behind, so that a clock that stands still makes a stale read stale by 0 ms. All in n log n time.
 */
@NullMarked
package dcluster.checker.staleness;

import org.jspecify.annotations.NullMarked;
