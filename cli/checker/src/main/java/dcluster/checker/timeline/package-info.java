/**
 * Verdicts as pages: what happened around a finding, a lane for each client, faults on the same axis. A page is one
 * file, which needs no network and is opened as it is.
 *
 * <p>{@link dcluster.checker.timeline.TimelinePage} makes it of a history and its verdict: {@link
 * dcluster.checker.timeline.Window} picks the operations that are drawn, {@link dcluster.checker.timeline.Bands} finds
 * the spans of faults, {@link dcluster.checker.timeline.PageData} writes both as JSON, and {@code page.js} beside this
 * package draws. Whatever comes from a history reaches the page inside that JSON, and there as text alone, in which
 * marks of direction are spelt out.
 */
@NullMarked
package dcluster.checker.timeline;

import org.jspecify.annotations.NullMarked;
