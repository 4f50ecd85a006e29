/**
 * Linearizability (Herlihy and Wing 1990): is there one order of all operations on an object, each between its
 * invocation and its end, that the object could have served one after the other? Objects are independent, so that each
 * key is looked at alone (their locality).
 *
 * <p>{@link dcluster.checker.linear.Search} is the search, {@link dcluster.checker.linear.Timeline} what it searches,
 * {@link dcluster.checker.linear.Model} says what the objects do. Before it, {@link
 * dcluster.checker.linear.NecessaryChecks} look for what no order could explain.
 */
@NullMarked
package dcluster.checker.linear;

import org.jspecify.annotations.NullMarked;
