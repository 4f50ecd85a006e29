/**
 * The demonstration: three Raft nodes as real processes, one of them killed while clients write, and proof that nothing
 * is lost that was acknowledged.
 *
 * <p>What the clients are told is kept in a {@link dcluster.app.demo.Ledger} with its outcome. A write that was
 * acknowledged must be read back; one that was refused was tried again by its client, for a refusal promises that
 * nothing happened; one whose outcome is unknown may be there or not, and its client goes on with another key rather
 * than try it twice. The demonstration works in a folder of its own under the system's temporary one, with ports that
 * are free, so it touches no other cluster.
 */
@NullMarked
package dcluster.app.demo;

import org.jspecify.annotations.NullMarked;
