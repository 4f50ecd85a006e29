/** x. */
@NullMarked
package dcluster.unreplicated;

import org.jspecify.annotations.NullMarked;
