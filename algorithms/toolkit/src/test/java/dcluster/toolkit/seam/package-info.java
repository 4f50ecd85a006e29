/**
 * The contract of algorithms, tried on what Raft does not resemble before it settled: two-phase commit (two roles, one
 * of them a process apart), and a snapshot that is larger than any frame. Small, but with their real handlers and
 * durable state.
 *
 * <p>What they taught: the only proof of durability that an algorithm needs is a message to itself, and where a quorum
 * counts the node itself that message is the one it sends to everybody; a forced write of the papers is a record that a
 * plain output waits for, an unforced one is a record that none does, so nothing in the contract has to name them; the
 * coordinator is one more member whose replica plays another role; an id that carries node, incarnation and counter
 * needs no durable counter; and what is larger than a frame travels as records of its own, one chunk each, closed by
 * one that makes them count.
 */
@NullMarked
package dcluster.toolkit.seam;

import org.jspecify.annotations.NullMarked;
