/**
 * {@code none}: one node that applies every command at once and answers it when it is durable.
 *
 * <h2>The problem</h2>
 *
 * What does replication cost? The answer needs something to compare with: the same commands, the same journal, the same
 * client gateway, and nothing of a protocol. {@code none} is that ceiling. It is also the least that an algorithm can
 * be, and so the first to read. Its source is the write-ahead rule of Gray (Notes on Data Base Operating Systems,
 * 1978), with commands as the records, as a state machine wants it (Schneider, Implementing Fault-Tolerant Services
 * Using the State Machine Approach, 1990, section 2).
 *
 * <pre>
 *   client                node                       disk
 *     |      PUT k v       |                           |
 *     |-------------------&gt;|  journal(Applied(put))    |
 *     |                    |  replay: store.apply      |
 *     |                    |--------------------------&gt;|  one write and one sync
 *     |      GET k         |                           |  for all of a turn
 *     |-------------------&gt;|  store.apply              |
 *     |                    |&lt;--------------------------|  durable
 *     |  ok                |                           |
 *     |&lt;-------------------|                           |
 *     |  v                 |                           |
 *     |&lt;-------------------|  the read waited for      |
 *     |                    |  the write that it saw    |
 * </pre>
 *
 * <p>There are no states to draw: the node is down, replays, or serves.
 *
 * <h2>What it costs</h2>
 *
 * <table>
 *   <caption>Each figure with the test in {@code UnreplicatedTest} that checks it</caption>
 *   <tr><td>messages between nodes</td><td>0</td><td>there is no type for one: {@link dcluster.spi.Nothing}</td></tr>
 *   <tr><td>forced writes of a write, or of a transaction with a write in it</td><td>1</td>
 *       <td>{@code everyWriteIsOneRecordAndEveryReadNone}, {@code aWriteIsAnsweredOnceItIsDurable}</td></tr>
 *   <tr><td>forced writes of a read</td><td>0</td>
 *       <td>{@code everyWriteIsOneRecordAndEveryReadNone}, {@code aReadIsAnsweredAtOnceWhenAllIsDurable}</td></tr>
 *   <tr><td>bytes journalled in all, for each byte of commands</td><td>at most about 2: the journal is rewritten when
 *       it is twice the state, so rewriting a state was paid for by writing as much</td>
 *       <td>{@code rewritingTheJournalCostsNoMoreThanWritingItDid}</td></tr>
 *   <tr><td>memory of the store</td><td>at most {@code storage.capacity}: a write that could exceed it is refused
 *       before it is journalled</td><td>{@code whatCouldExceedTheCapacityIsRefusedAndLeavesNoTrace}</td></tr>
 *   <tr><td>bytes on disk</td><td>at most about max(compact-above, 2 states), and a state while rewriting</td>
 *       <td>{@code endlessOverwritingKeepsTheJournalBounded}</td></tr>
 * </table>
 *
 * Writes of one turn share a sync, so at load a forced write is a fraction of one.
 *
 * <h2>What holds</h2>
 *
 * <ul>
 *   <li>After a crash the state is that of a prefix of all writes, in their order, and every answered write is in it:
 *       {@code everyCrashKeepsAPrefixOfTheWritesThatHoldsAllAnsweredOnes}.
 *   <li>Commands and transactions are strictly serializable, through crashes too: a read's answer waits for the writes
 *       that it saw, {@code aReadThatSawAnUndurableWriteWaitsForItAndIsNeverAnsweredIfACrashTakesTheWriteBack}.
 *   <li>A command of a session is applied once, however often it is asked, also through crashes in between: {@code
 *       aCommandOfASessionThatIsAskedAgainAfterACrashIsAppliedOnce}.
 *   <li>The durable state equals what replaying the journal makes, compacted or not: checked by the same test as the
 *       first. It names no {@link dcluster.spi.Invariant}, as those speak of several replicas.
 * </ul>
 *
 * <h2>What it leaves out</h2>
 *
 * Everything that a second node is for: while this one is down nothing is served, and what its disk loses is lost.
 */
@NullMarked
package dcluster.unreplicated;

import org.jspecify.annotations.NullMarked;
