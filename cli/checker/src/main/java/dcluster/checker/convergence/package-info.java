/**
 * Convergence after a heal: if writes end and faults are over, all nodes come to return the same (eventual consistency:
 * Vogels 2009, "Eventually consistent"; Terry et al. 1995, "Managing update conflicts in Bayou", section 4).
 *
 * <p>Notes of the process "nemesis" tell of faults. One with the word "heal" (or another that is asked for) says that
 * there are no more: the last of them counts. After it the nemesis must be silent; another note of it is another fault,
 * and nothing can be told. A key is <em>quiet</em> from the heal on, or from the end of the last write of it that ended
 * with {@code ok}, whichever comes later. A <em>final read</em> is one that was invoked when its key had been quiet for
 * the time to settle, and ended {@code ok}. For each key
 *
 * <ul>
 *   <li>convergence is violated if two final reads returned different values, and no write whose outcome is unknown can
 *       have come between them: neither value is one that such a write writes, or the one that is not was returned by a
 *       read that began after a read of another value had ended;
 *   <li>it is not known if they differ otherwise, or if one of the nodes served no final read;
 *   <li>else it holds: each node served one at least, and all returned the same.
 * </ul>
 *
 * The nodes are those that the history names, unless they are told. A run without a heal, without reads after it, or
 * with one node only, is unknown, never valid. A key took so long to converge, at least, as it had been quiet when the
 * last read of another than the final value was invoked. Values are compared, not versions; whether the value is the
 * right one is not asked: that acknowledged writes were lost is for others to find. Linear time, but for sorting.
 */
@NullMarked
package dcluster.checker.convergence;

import org.jspecify.annotations.NullMarked;
