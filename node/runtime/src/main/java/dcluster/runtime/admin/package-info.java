/**
 * What a node tells people and tools over HTTP: {@code /status}, {@code /health}, {@code /metrics} and
 * {@code /events}; where operators run what its algorithm offers them: {@code /operations}; and where the node is told to
 * end at a point of its protocol: {@code /faults}.
 *
 * <p>{@link dcluster.runtime.admin.AdminServer} is a verticle on an event loop of its own, so that a scrape never waits
 * for the node and the node never for a scrape. It owns no state of the node: it asks the node's loop for an immutable
 * snapshot, waits a second at most, and says so if none came. That also makes it the witness of a loop that hangs.
 * Several requests that ask the same meanwhile share one question, so a hanging loop gathers no queue of them.
 *
 * <p>Notes travel the other way: {@link dcluster.runtime.admin.NodeEvents} keeps the latest of them in a ring that both
 * loops reach. A subscriber of {@code /events} holds no queue, only its place in the ring; one that reads so slowly
 * that the ring overtakes it is dropped.
 *
 * <p>Everything is bounded: connections, subscribers, header sizes, operations under way and their bodies;
 * other requests with a body are refused. There is no authentication, so the server belongs on the loopback interface unless the cluster file says otherwise.
 */
@NullMarked
package dcluster.runtime.admin;

import org.jspecify.annotations.NullMarked;
