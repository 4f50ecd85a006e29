/** What tests of checkers share. */
@NullMarked
package dcluster.checker.testing;

import org.jspecify.annotations.NullMarked;
