/**
 * Algorithms that are wrong on purpose, each a small change to the sources of a right one, and the plugin jar that they
 * are compiled into.
 */
@NullMarked
package dcluster.lab.mutants;

import org.jspecify.annotations.NullMarked;
