/** Pages of HTML that need nothing but themselves. */
@NullMarked
package dcluster.checker.page;

import org.jspecify.annotations.NullMarked;
