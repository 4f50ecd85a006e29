/** {@code quorum}: to be told. */
@NullMarked
package dcluster.quorum;

import org.jspecify.annotations.NullMarked;
