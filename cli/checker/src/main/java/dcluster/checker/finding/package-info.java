/** What the checkers of weak consistency and of availability say: an answer, and the operations that show it. */
@NullMarked
package dcluster.checker.finding;

import org.jspecify.annotations.NullMarked;
