/**
 * Isolation of transactions, judged by what clients saw: the method of Kingsbury and Alvaro (Elle: inferring isolation
 * anomalies from experimental observations, 2020) on the phenomena of Adya (Weak consistency, PhD thesis, 1999).
 *
 * <p>Each value is written once to a key, so that a read tells whose write it saw. From reads follows an order of the
 * versions of each key, and from it which transaction comes before which: {@code ww}, {@code wr} and {@code rw} edges
 * ({@link dcluster.checker.transaction.Relation}), and those of clients and of real time. A transaction whose outcome
 * is unknown counts as committed if another one saw a write of it; otherwise it counts as never having happened, which
 * contradicts nobody. One that failed did not happen. What is inferred:
 *
 * <ul>
 *   <li>Lists: the longest list read is the order of its elements; other lists read must be its beginnings. What was
 *       certainly appended and is not in it comes after it. Elements of transactions that did not happen are passed
 *       over. A read after appends of its own ends with these, and says what the others had left before them.
 *   <li>Registers: null is first; what a transaction writes comes after what it had read or written of the key before.
 *       The latter is an assumption about a database that isolates not even reads, and true from read committed on.
 *       Blind writes that nobody read have no order from this. For the {@code -process} and {@code -realtime} forms a
 *       version is also older than what its client wrote later, and than what was written by whoever was invoked when
 *       its writer had ended. What only a choice between two orders would show stays unseen; therefore "holds" says of
 *       registers that nothing contradicts it.
 * </ul>
 *
 * <p>Which phenomenon rules out which level ({@link dcluster.checker.transaction.Phenomenon#rulesOut}), with all levels
 * that imply it:
 *
 * <table>
 *   <caption>Phenomena and the weakest levels that forbid them</caption>
 *   <tr><th>phenomenon</th><th>rules out</th><th>source</th></tr>
 *   <tr><td>G0, duplicate elements, unwritten</td><td>read uncommitted</td><td>Adya, PL-1; the others: a write takes
 *       effect once, and what is read was written</td></tr>
 *   <tr><td>G1a, G1b, G1c, dirty update, incompatible order</td><td>read committed</td><td>Adya, PL-2; Kingsbury and
 *       Alvaro: of two incompatible lists at least one was never committed</td></tr>
 *   <tr><td>internal</td><td>snapshot isolation, repeatable read</td><td>Cerone, Bernardi and Gotsman 2015, axiom
 *       INT; Adya, PL-2.99</td></tr>
 *   <tr><td>G-single, lost update, G-nonadjacent</td><td>snapshot isolation, repeatable read</td><td>Adya, G-SIb;
 *       Cerone and Gotsman 2018, theorem on cycles without adjacent anti-dependencies</td></tr>
 *   <tr><td>G2-item</td><td>repeatable read</td><td>Adya, PL-2.99</td></tr>
 *   <tr><td>{@code -process} forms</td><td>strong session snapshot isolation; of G2-item strong session
 *       serializability</td><td>Daudjee and Salem 2004, 2006</td></tr>
 *   <tr><td>{@code -realtime} forms</td><td>strong snapshot isolation; of G2-item strict serializability</td>
 *       <td>Daudjee and Salem 2006; Papadimitriou 1979</td></tr>
 * </table>
 *
 * Here G2-item is a cycle with two anti-dependencies one after the other; Adya's has one or more, and contains G-single
 * and G-nonadjacent, which is why these rule out repeatable read, too. Steps name single keys and no predicates, so
 * that repeatable read and serializability are the same here. Of lists, serializability is decided exactly; of snapshot
 * isolation a violation stays unseen where only the order of appends that nobody read would show it. Whether a level
 * holds is decided by strongly connected components in linear time; the shortest cycle of each name is looked for only
 * where there is one.
 *
 * <p>{@link dcluster.checker.transaction.Transactions} checks; {@link dcluster.checker.transaction.Bank} and {@link
 * dcluster.checker.transaction.LongFork} are checks of their own for histories in which values come again.
 */
@NullMarked
package dcluster.checker.transaction;

import org.jspecify.annotations.NullMarked;
