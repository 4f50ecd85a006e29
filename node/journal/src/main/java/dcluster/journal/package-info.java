/** x. */
@NullMarked
package dcluster.journal;

import org.jspecify.annotations.NullMarked;
