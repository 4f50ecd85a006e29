/**
 * Availability as clients saw it, of all nodes and of each: which share of operations was answered, for how long nobody
 * was, and how long it took after each fault until somebody was again. Availability in the sense of Gilbert and Lynch
 * (2002, "Brewer's conjecture"), that each request to a node that is up has an answer in the end, no finite history can
 * show or refute; this measures what is left of it, as yield does (Brewer 2001, "Lessons from giant-scale services").
 *
 * <ul>
 *   <li>An operation is <em>answered</em> if it ended {@code ok}; one that failed or whose outcome is unknown was asked
 *       in vain.
 *   <li>An <em>outage</em> is a longest time in which somebody wanted an answer and nobody got one. It begins when an
 *       operation is invoked, or, if one is still open then, when another is answered; it ends with the next answer, or
 *       with the history. That nobody asks for a while after an answer is no outage; that they gave up after a failure
 *       is. So the latency of a lone client's operation is an outage, too: a short one.
 *   <li>Each note of the process "nemesis" has the time up to the next one, or to the end. How long it took to
 *       <em>recover</em> from what the note tells is the longest that an outage lasted which overlaps that time, counted
 *       from the note on and up to its own end, even beyond the next note. So an answer that slips through before a
 *       fault is felt counts for nothing. Where nobody asked in that time, nothing is told.
 *   <li>A <em>slice</em> counts operations by the time of their invocations.
 * </ul>
 *
 * Order is that of the lines. Recorded times may go backwards; the time of a line is the latest that was recorded up to
 * it ({@link dcluster.checker.history.Clock}). What cannot be told: whether answers were right, whether a node that
 * nobody asked would have answered, and whether clients or nodes were to blame. Time n log n.
 */
@NullMarked
package dcluster.checker.availability;

import org.jspecify.annotations.NullMarked;
