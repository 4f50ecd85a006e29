/**
 * Regular registers (Lamport 1986, "On interprocess communication"), with several writers (Shao, Welch, Pierce and Lee
 * 2011, the weakest of their definitions): a read returns a value that was written last before it began, or one whose
 * write it overlaps. Two reads need not agree on the order of writes, so that a new value may be followed by an old one
 * as long as a write goes on.
 *
 * <p>A read may tell several values: siblings. Then a write is taken to replace all that it has seen, and it looks and
 * takes effect at some moments while it goes on; what looked before the other took effect, both ways, stays beside it.
 * What a read tells is regular if, for it alone, there are such moments. That is so just if of each value there is a
 * write that may be read by itself, and these writes all overlap:
 *
 * <ul>
 *   <li>If one had ended before another began, that one saw it or what had replaced it.
 *   <li>If they overlap, let all of them look, and then take effect, right before the first of them ends, or the read, and
 *       the read see them as soon as it can. What else had ended before it began did not begin later than that, for else it
 *       would have overwritten one of them: so it can have taken effect before they looked, and be replaced.
 * </ul>
 *
 * So a value that is missing contradicts nothing by itself: a write that overlaps another may have been replaced by it.
 * And where a write overlaps none and is the last before the read, each other value is stale, and null is, too. Of
 * deletions, which write null, siblings do not tell.
 */
@NullMarked
package dcluster.checker.regular;

import org.jspecify.annotations.NullMarked;
