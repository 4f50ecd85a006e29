/** {@code abd}. */
@NullMarked
package dcluster.abd;

import org.jspecify.annotations.NullMarked;
