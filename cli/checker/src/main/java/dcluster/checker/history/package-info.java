/**
 * Histories: what clients asked and were told, in real-time order, as JSON lines. The format is Jepsen's in shape.
 *
 * <p>A line is an event: {@code {"process":3,"type":"invoke","f":"write","key":"r","value":4,"time":17000000}}. An
 * {@code invoke} opens an operation of a process, the process's next {@code ok}, {@code fail} or {@code info} closes it:
 *
 * <ul>
 *   <li>{@code ok}: it happened, and {@code value} is its result; an {@code ok} of {@code cas} with {@code
 *       "applied":false} says that another value was found. An {@code ok} of {@code read} that saw several values, which
 *       concurrent writes had left, has {@code "siblings":["a","b"]} in place of {@code value}: two or more, each another,
 *       none of them null, in any order.
 *   <li>{@code fail}: it certainly did not happen, and says nothing else.
 *   <li>{@code info}: not known. It takes effect once, at any time after it was invoked, or never. So does what is
 *       never closed.
 * </ul>
 *
 * Order is the order of the lines; {@code time}, in nanoseconds, is told to people and may even go backwards. Events of
 * processes whose names are text ("nemesis", "n2") are notes, of type {@code info}: they stand beside the operations and
 * mean nothing to a checker of values. Numbers of one value are equal, as {@code 1}, {@code 1.0} and {@code 10e-1}.
 *
 * <p>{@link dcluster.checker.history.HistoryReader} reads, {@link dcluster.checker.history.HistoryWriter} writes. Both
 * hold one line at a time; {@link dcluster.checker.history.History} is all of a file, operation by operation.
 */
@NullMarked
package dcluster.checker.history;

import org.jspecify.annotations.NullMarked;
