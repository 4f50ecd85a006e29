/**
 * What {@code dcluster bench} does. {@code bench staleness} has {@code dcluster.lab.staleness} measure a store with
 * quorums, and prints that beside what theory predicts.
 *
 * <pre>
 *   Staleness       what is wanted: numbers, links, seed
 *   StalenessPlan   the variants of the store that are compared, and what goes wrong in them
 *   StalenessRun    measures all of them, with progress
 *   StalenessView   the measurements as tables, or as JSON
 * </pre>
 */
@NullMarked
package dcluster.app.bench;

import org.jspecify.annotations.NullMarked;
