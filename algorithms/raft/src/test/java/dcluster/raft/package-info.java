/** The tests of Raft. */
@NullMarked
package dcluster.raft;

import org.jspecify.annotations.NullMarked;
