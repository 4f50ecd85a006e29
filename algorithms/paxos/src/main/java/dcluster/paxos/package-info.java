/** Multi-Paxos. */
@NullMarked
package dcluster.paxos;

import org.jspecify.annotations.NullMarked;
