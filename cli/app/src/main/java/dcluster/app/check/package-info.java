/**
 * {@code dcluster check}: reads histories, has the checker judge them, and shows the verdicts: a row each, then what a
 * verdict rests on, as text ({@link dcluster.app.check.Words}) or as a page.
 */
@NullMarked
package dcluster.app.check;

import org.jspecify.annotations.NullMarked;
