/**
 * Regular registers (Lamport 1986, "On interprocess communication"), with several writers (Shao, Welch, Pierce and Lee
 * 2011, the weakest of their definitions): a read returns a value that was written last before it began, or one whose
 * write it overlaps. Two reads need not agree on the order of writes, so that a new value may be followed by an old one
 * as long as a write goes on.
 */
@NullMarked
package dcluster.checker.regular;

import org.jspecify.annotations.NullMarked;
