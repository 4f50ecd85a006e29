/**
 * The process of one member: a node that runs a replica, or a coordinator, which routes commands
 * or, where the algorithm has a role of its own for it, runs a replica as nodes do.
 *
 * <pre>
 *   clients --RESP--> gateway --+                    +--> peer (TCP) --> other members
 *                               v                    |
 *                         resident (host or router) -+
 *                               |                    |
 *   people --HTTP--> admin -----+                    +--> journal thread --> disk
 * </pre>
 *
 * <p>Gateway, resident and peer connections share one event loop, so nothing between them is locked and everything that
 * is ready is read before a turn runs. The journal has a thread of its own, since a sync blocks; the admin server an
 * event loop of its own, so that it answers while the node's loop is busy, if only to say so.
 *
 * <p>{@link dcluster.runtime.MemberProcess} puts it together. What reaches the top of the loop, or a disk that fails,
 * ends the process: a replica whose state may be wrong says nothing more.
 */
@NullMarked
package dcluster.runtime;

import org.jspecify.annotations.NullMarked;
