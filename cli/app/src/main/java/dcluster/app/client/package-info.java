/**
 * How a command talks to nodes: RESP for the data ({@link dcluster.app.client.RespConnection}), HTTP for their state
 * ({@link dcluster.app.client.AdminCall}) and for what operators ask of them
 * ({@link dcluster.app.client.OperationAnswer}). Both are plain blocking sockets, because a command that lives for a tenth of
 * a second cannot afford to start an event loop.
 *
 * <p>What a failure of the connection means depends on when it happens: before a request was sent nothing can have been
 * done; afterwards a write may or may not have happened, and {@link dcluster.app.client.Outcome} says so; of a transaction
 * ({@link dcluster.app.client.Transaction}) only once its EXEC was sent. Nothing is
 * retried behind the caller's back.
 */
@NullMarked
package dcluster.app.client;

import org.jspecify.annotations.NullMarked;
