/**
 * The connections between the members of a cluster: {@link dcluster.runtime.peer.PeerTransport} over TCP.
 *
 * <p><b>A pair of connections.</b> Each member dials every other and accepts from every other. It sends on the
 * connection that it dialled and receives on the one that it accepted, so two nodes that dial each other at the same
 * moment have nothing to resolve. The two connections with one peer live and die together:
 *
 * <pre>
 *      n1                                        n2
 *      | ---- HELLO ------------------------->   |   n1 dials
 *      |   <------------------------ WELCOME --- |   or REFUSED with a reason, and n2 hangs up
 *      |   <-------------------------- HELLO --- |   n2 dials back at once, if it was not dialling already
 *      | ---- WELCOME ----------------------->   |
 *      | ==== MESSAGE, FORWARD, ANSWER, PING =>  |   on the first connection
 *      |  <= MESSAGE, FORWARD, ANSWER, PING ==== |   on the second
 * </pre>
 *
 * <p>Once both are there, a node hears {@code connected}, and only from then on it sends, and reads what was sent to
 * it. When either breaks both are closed, and it hears {@code lost}, once. So whatever was accepted for sending either
 * arrives or is followed by {@code lost}; and an answer always finds the way that its question came from still open, or
 * the asker knows. A peer that connects anew, because it was restarted or saw its end break first, ends the old pair in
 * the same way. The two connections of a pair lead to the same incarnation of the peer; one that leads to an older one
 * is dropped. An incarnation below one that was heard of before is refused, as is another process of the same one: see
 * {@link dcluster.runtime.peer.Lives}. A node that is refused and accepted by nobody does not call itself ready: {@link
 * dcluster.runtime.peer.PeerTransport#unready}.
 *
 * <p><b>Signs of life.</b> Who has nothing to say sends a {@code PING} every so often. A peer that was silent for
 * several times as long is lost: a connection whose other end vanished without a word (a pulled cable, a stopped
 * process) swallows nothing for longer than that. Time that this process itself spent stopped does not count against
 * its peers.
 *
 * <p><b>One write a turn.</b> What is sent during a turn is encoded into the peer's outbox at once; {@code flush} gives
 * it to the socket as a whole. What the socket has not taken and what waits in the outbox is bounded together; beyond
 * it messages are dropped and counted.
 *
 * <p><b>Bad input</b> of any kind closes the connection that it came on, with reason and peer in the log, and harms
 * nothing else. Before its handshake is through, a connection can make a node hold two kilobytes, for two seconds, and
 * only so many such connections are kept.
 *
 * <p>Faults are injected around this package, not in it: see {@link dcluster.runtime.peer.Links}.
 */
@NullMarked
package dcluster.runtime.peer;

import org.jspecify.annotations.NullMarked;
