/**
 * Verdicts on histories, in one shape whatever was checked: for a command line, for runs with faults, for reports.
 *
 * <p>{@link dcluster.checker.verdict.Check} lists what can be checked, by the words of the command line; {@link
 * dcluster.checker.verdict.Guess} finds out which is meant. {@link dcluster.checker.verdict.Check#judge} gives a {@link
 * dcluster.checker.verdict.Verdict}: valid, invalid with {@linkplain dcluster.checker.verdict.Finding findings}, or
 * unknown, and then why. It is never a guess: what could not be decided within the {@linkplain
 * dcluster.checker.verdict.Terms terms} is unknown, and so is what would hold of any history because nothing in this one
 * could contradict it.
 *
 * <p>A new check is one more constant of {@code Check} with its {@link dcluster.checker.verdict.Judge}.
 */
@NullMarked
package dcluster.checker.verdict;

import org.jspecify.annotations.NullMarked;
