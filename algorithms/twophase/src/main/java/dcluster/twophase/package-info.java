/**
 * Transactions over keys that several nodes share out, under the name {@code two-phase-commit}: two-phase commit (Gray 1978;
 * Mohan, Lindsay and Obermarck 1986, "Transaction management in the R* distributed database management system") over strict
 * two-phase locking (Bernstein, Hadzilacos and Goodman 1987, chapters 3 and 7).
 *
 * <pre>{@code
 *   class                                what it does                                                     source
 *   Shards, Part                         which participant holds which keys, and what it is asked         Karger 1997
 *   Coordinator, Transaction,
 *   Attempt, Attempts, Retries           has participants execute, vote, and learn the decision           R*, 2
 *   DecisionLog, Deliveries              what it must not forget, and until when                          R*, 3
 *   Protocol                             what it may presume of what it has forgotten                     R*, 3
 *   Participant, Site, Shard, Space      what one participant holds, and how it ends what was decided     R*, 2
 *   Branches, Branch, Single             executes under locks, and votes                                  R*, 2
 *   Locks, Claim, Mode, Age, Locking     who may read and write which keys, who waits, who is aborted     Rosenkrantz 1978
 *   Admission                            lets work begin once it has its locks
 *   Doubts, Outcomes, Termination        asks what was decided of what was voted on                       Bernstein, 7.4
 *   Operators                            shows what is in doubt, and takes decisions by hand
 * }</pre>
 *
 * <p><b>A transaction over two shards</b>; {@code [w]} is a journal record that what follows waits for (presumed abort):
 *
 * <pre>{@code
 *   client    any node         coordinator                 n1                  n2
 *     |--EXEC---->|---forward----->|                        |                   |
 *     |           |                |--Execute-------------->|                   |   all locks of a shard at once;
 *     |           |                |--Execute---------------------------------->|   nothing is changed yet
 *     |           |                |<-Executed--------------|                   |
 *     |           |                |<-Executed----------------------------------|   all hold all their locks
 *     |           |                |--Prepare-------------->|                   |
 *     |           |                |--Prepare---------------------------------->|
 *     |           |                |<-Vote-----------------[w]                  |   from here n1 is in doubt
 *     |           |                |<-Vote-------------------------------------[w]
 *     |           |               [w] decided               |                   |
 *     |<==ok======|<--answer-------|--Decision------------->|                   |
 *     |           |                |--Decision--------------------------------->|
 *     |           |                |<-Acknowledge----------[w] locks are free   |
 *     |           |                |<-Acknowledge------------------------------[w]
 *     |           |                | forgotten              |                   |
 * }</pre>
 *
 * <p>A command of one key, and a transaction whose keys all lie in one shard, go to their participant and take one phase: one
 * record, and no message but the forward.
 *
 * <p><b>Why execution is no part of the first phase.</b> A participant that has only read is done with its vote, and its locks
 * are free. If it executed when it is asked to vote, it could free them before others have theirs, which is not two-phase:
 * another transaction could write here what this one has read, and be read by this one there. So all have executed before
 * anybody is asked to prepare.
 *
 * <p><b>Why nothing is prepared or carried out twice.</b> Each execution has a name that its participant never gives again
 * ({@link dcluster.twophase.Execution}), and a prepare names the one that it is for. A message that comes late or again finds
 * the execution voted on or gone, and all that an execution without a vote holds is locks.
 *
 * <p><b>What it costs</b> to end a transaction where nothing fails, with {@code w} participants that write and {@code r} that
 * only read: the messages of both phases, and the forced writes; an abort is that of one writer which votes no. The work takes
 * two messages a participant before that. {@code FormulasTest} makes this table, and checks it against what a transport
 * delivers and journals hold:
 *
 * <pre>{@code
 *   protocol          ending     messages      coordinator  participants
 *   basic             commit     4w + 2r                 1            2w
 *   basic             abort      4w + 2r - 2             1        2w - 2
 *   basic             read-only  2r                      0             0
 *   presumed-abort    commit     4w + 2r                 1            2w
 *   presumed-abort    abort      3w + 2r - 1             0         w - 1
 *   presumed-abort    read-only  2r                      0             0
 *   presumed-commit   commit     3w + 2r                 2             w
 *   presumed-commit   abort      4w + 2r - 2             1        2w - 2
 *   presumed-commit   read-only  2r                      1             0
 * }</pre>
 *
 * <p>With presumed commit the record that collects participants is enough for an abort: without a commit behind it it is
 * one, so that no other is forced.
 *
 * <p><b>What clients may rely on</b>: strict serializability of all commands and transactions. Committed is answered once the
 * decision is durable, aborted once nobody can commit any more; else the outcome is unknown. Commands that lock the same keys
 * in other orders end: with {@code wait-die} no circle can close, with {@code no-wait} nobody waits but who needs one shard
 * alone, with {@code timeout} a circle ends after {@code lock-timeout}. A transaction that lost begins again by itself, under its
 * age, for {@code patience}. An age is a time and a name, so clocks that are wrong cost fairness alone.
 *
 * <p><b>In doubt.</b> A participant that has voted yes neither commits nor aborts before it knows the decision, and keeps its
 * locks, also through a crash. It asks the coordinator, and with {@code termination: cooperative} the other writers: who has
 * committed or aborted says so; who has not voted makes sure that it never will, and so that it is an abort; if all have voted
 * yes and nobody knows, all wait. That is the blocking of two-phase commit, and no protocol here is without it.
 *
 * <p><b>Decisions by hand</b> are durable, free the locks, and may be wrong: the participant goes on asking, and reports
 * HEURISTIC-MIXED if the decision turns out to be another; so does the coordinator when that is acknowledged.
 *
 * <p><b>A coordinator without its log</b> knows nothing of the transactions in it, and must not presume anything of them. Each
 * log has a number, which is in the name of each transaction; of another log's the coordinator says that it is lost, and they
 * stay in doubt until somebody decides by hand, and nobody will ever tell whether that was right. (A process that has lost its
 * folder does not even start.)
 *
 * <p><b>Invariants</b>: Same Decision, all that decide a transaction decide the same; Kept Locks, what is prepared has its
 * locks, and no two write one key; Kept Votes, what is committed was voted on by all that must commit it. That clients see a
 * strictly serializable history is for the checkers.
 *
 * <p><b>Memory and disk.</b> A participant's journal holds a record for each command, vote and ending, the coordinator's
 * those of its decisions; each is rewritten when it is large. What could grow a shard above {@code storage.capacity}, were all
 * that is executed committed, is refused, and so is at the coordinator what would have it hold more than that of what
 * participants have found. Of ended transactions a participant remembers the last {@code outcomes}; of older
 * ones it tells others nothing.
 *
 * <p><b>What it leaves out.</b> Keys have no copies: while a participant is down its keys are not served. Trees of processes
 * and three-phase commit are not here.
 */
@NullMarked
package dcluster.twophase;

import org.jspecify.annotations.NullMarked;
