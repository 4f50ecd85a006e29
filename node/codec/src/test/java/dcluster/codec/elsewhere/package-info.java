/** Types as an algorithm has them: not public, in a package of their own. */
@NullMarked
package dcluster.codec.elsewhere;

import org.jspecify.annotations.NullMarked;
