/** What several algorithms share. */
@NullMarked
package dcluster.toolkit;

import org.jspecify.annotations.NullMarked;
