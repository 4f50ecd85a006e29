/**
 * Transactions over keys that several nodes hold: two-phase commit (Gray 1978) over strict two-phase locking (Bernstein,
 * Hadzilacos and Goodman 1987, chapter 3). So far the locks are here, and no algorithm that a cluster could run.
 *
 * <pre>{@code
 *   class               what it does
 *   Locks, Claim, Mode  who may read and write which keys of one participant
 *   Locking, Age        who waits, who is aborted
 * }</pre>
 */
@NullMarked
package dcluster.twophase;

import org.jspecify.annotations.NullMarked;
