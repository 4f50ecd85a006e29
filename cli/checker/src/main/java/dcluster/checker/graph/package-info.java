/** What the checkers that look for cycles share: a graph, and its strongly connected components. */
@NullMarked
package dcluster.checker.graph;

import org.jspecify.annotations.NullMarked;
