/**
 * Speaks RESP2, the protocol of Redis, with clients: redis-cli, redis-benchmark and the Redis libraries of all
 * languages work against a node. {@link dcluster.runtime.gateway.Gateway} is the way in; it reaches the node through a
 * {@link dcluster.host.CommandSink} alone and knows nothing of algorithms.
 *
 * <pre>
 * socket -> RespParser -> CommandTable -> KeyOrder -> CommandSink        Connection: these for one client
 * socket <- Turn       <- Outlet       <- Answers  <- Response           Hub: what all clients share
 * </pre>
 *
 * <h2>Outcomes</h2>
 *
 * What happened can be told from the first word of a reply, so that no tool has to guess:
 *
 * <table>
 *   <caption>Prefixes of errors</caption>
 *   <tr><td>no error                    <td>it took effect, durably as far as the algorithm claims
 *   <tr><td>{@code UNKNOWN}             <td>it may have taken effect, may yet do so, or never; the only such prefix
 *   <tr><td>{@code MOVED slot host:port}<td>nothing was done; ask there. Only where forwarding is switched off
 *   <tr><td>{@code UNAVAILABLE}         <td>nothing was done, for example as no leader is known; try again later
 *   <tr><td>{@code OVERLOADED}          <td>nothing was done, a bound was reached; try again later
 *   <tr><td>{@code ABORTED}             <td>nothing was done: the transaction lost against another one, or a node that it
 *   needs did not say yes; try again
 *   <tr><td>{@code WRONGTYPE}           <td>nothing was done: a text was expected where a list is, or a list where a
 *   text is
 *   <tr><td>{@code SIBLINGS count}      <td>nothing was done: one value was asked for, and concurrent writes have left
 *   several
 *   <tr><td>{@code EXECABORT}           <td>nothing was done: an earlier command of the transaction, or a WATCH before
 *   it, was answered with an error
 *   <tr><td>{@code NOPROTO}             <td>HELLO asked for another version than 2; this connection goes on in version
 *   2
 *   <tr><td>{@code ERR}                 <td>nothing was done: no such command, bad arguments, too large, not supported
 *   <tr><td>{@code ERR Protocol error:} <td>these bytes were no request, and the connection closes; all earlier
 *                                           requests were answered
 * </table>
 *
 * The connection's end leaves the outcome of every unanswered request unknown. A client that closes only its sending
 * side, as {@code nc -N} does, gets all answers to what it sent whole, and then the connection closes. A read whose reply is too large fails with {@code ERR}, and one for whose reply there is no room,
 * as the client does not take its replies, with {@code OVERLOADED}: being reads they had no effect, so that holds.
 *
 * <h2>Order</h2>
 *
 * Replies come in the order of the requests. Commands of one connection that share a key take effect in the order of
 * the requests: {@link dcluster.runtime.gateway.KeyOrder}. What stands between MULTI and EXEC counts as one command, on
 * all its keys and on those that are watched; what stands behind a WATCH waits for its answer. All others go to the node
 * together, so a pipeline costs about as much time as its slowest command. A command whose outcome is unknown is over as
 * far as this goes: it may take effect after later ones. What one client sends is never ordered against what another
 * sends.
 *
 * <h2>Transactions and differences to Redis</h2>
 *
 * DEL, EXISTS, MGET and MSET of several keys are one transaction of the store: all or nothing, and seen so by others.
 * For that reason MGET fails with {@code WRONGTYPE} where one of the keys holds a list. {@code CAS key expected value}
 * sets a key that holds just {@code expected} and answers 1, or changes nothing and answers 0; {@code SET key value NX}
 * is its form for a key that is absent. Keys do not expire.
 *
 * <p>MULTI, EXEC, DISCARD, WATCH and UNWATCH are served where the algorithm serves transactions; where it does not, WATCH
 * and EXEC fail with {@code ERR} and its reason. Commands on keys are queued and become one transaction of the store
 * ({@link dcluster.runtime.gateway.Multi}). Its reply is an array of theirs, or no array ({@code *-1}) where a watched key
 * was written since: by whomever, also by this client, and also if the value is the same as before. What differs:
 *
 * <ul>
 *   <li>if one command fails while they are carried out none takes effect, and EXEC answers with that error;
 *   <li>commands that are not on keys, as PING, cannot be queued: they are errors, which abort the transaction;
 *   <li>a WATCH can fail, as any command can. Then the transaction behind it aborts, unless UNWATCH comes before;
 *   <li>a transaction has no more words and bytes than one request may have, watched keys included.
 * </ul>
 *
 * <h2>Sessions</h2>
 *
 * {@code SESSION OPEN} answers the number of a new session; {@code SESSION number sequence command ...} asks a command in
 * it, and answers as that command would. A client that lost a connection, or was answered {@code UNKNOWN}, asks again
 * under the same sequence, on any connection to any node: a write is applied once at most, and answered as it was the
 * first time, be it an error; a read is carried out anew each time, and the session remembers nothing of it. {@link
 * dcluster.spi.Command.InSession} tells the rules. A session is not a connection: several clients can share one if they
 * agree on its sequences, and none ends with a connection.
 *
 * <p>A client asks one command of a session after the other, each when it knows the outcome of the one before. Those that
 * it sends in one pipeline may overtake each other, if they share no key: then the one of the lesser sequence is answered
 * {@code UNKNOWN}, and is never applied.
 *
 * <p>A transaction is asked as a whole: MULTI, its commands, and {@code SESSION number sequence EXEC}. Who asks it again
 * queues it again, and watches again what it watched. Only commands on keys can be asked so, and EXEC. Nothing asks again
 * by itself. An error that no log gave, {@code UNAVAILABLE}, {@code OVERLOADED} or {@code MOVED}, speaks of that attempt
 * alone: after an earlier one that got no answer it does not mean that nothing was done.
 *
 * <h2>Siblings</h2>
 *
 * Where an algorithm takes writes at several nodes at once, a key may come to hold several values, its siblings. The
 * gateway never chooses one of them: GET answers with a {@code SIBLINGS} error, and MGET with one in the place of that
 * key. {@code SIBLINGS key} answers with an array: the context, then all values, so the context alone for a key that is
 * absent. {@code MERGE key context value} puts a value in place of those that came with the context, and {@code MERGE
 * key context} deletes them; what was written meanwhile stays. The context is the algorithm's own, to be handed back
 * byte by byte. Algorithms that keep one value of each key refuse both commands with {@code ERR}.
 *
 * <h2>Bounds</h2>
 *
 * Nothing that a client does makes the gateway hold more than it was told to:
 * {@link dcluster.runtime.gateway.GatewayOptions.Bounds} and {@link dcluster.runtime.gateway.RespParser} say how much.
 * The first bounds stop the reading from that client, which TCP passes on to it. The next ones fail requests: parts of
 * requests, commands that would have to wait, and reads, of clients that hold more than their share while all together
 * hold too much. The last let a client go, as is one that has closed its sending side, or is being sent away, and takes
 * none of its replies for half a minute. An idle connection holds no buffer, no map and no queue: about 4 KB of heap
 * with all that Vert.x and Netty keep for it, 37 MB for ten thousand.
 *
 * <h2>Writes</h2>
 *
 * Replies are gathered until the loop's turn ends and leave with one write a connection ({@link
 * dcluster.runtime.gateway.Turn}). All is parsed and written by hand. Before a node that does nothing, one loop
 * answered about a million pipelined requests a second over loopback (redis-benchmark, 50 connections, 16 requests
 * deep, values of 100 bytes, two cores shared with others); without sockets a request took 0.2 to 0.5 microseconds.
 */
@NullMarked
package dcluster.runtime.gateway;

import org.jspecify.annotations.NullMarked;
