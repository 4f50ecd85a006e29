/** Runs one algorithm. */
@NullMarked
package dcluster.host;

import org.jspecify.annotations.NullMarked;
