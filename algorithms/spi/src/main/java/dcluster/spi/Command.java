package dcluster.spi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client asks of the replicated store, or an {@link Operation operator} of one replica. All algorithms share these, so that one workload and one checker serve
 * all; what an algorithm does not serve it refuses with a {@link Response.Failed definite failure}.
 *
 * <p>A key holds a text or a list. A command that meets the other kind fails with {@link Response.Reason#WRONG_TYPE}
 * and changes nothing.
 */
public sealed interface Command {
    /** Whether it changes nothing, whatever the state. */
    default boolean isRead() {
        return false;
    }

    /** The keys it touches, in its own order; a key may stand there twice. */
    List<Bytes> keys();

    /**
     * What it weighs in queues and logs: the bytes of its keys and values, and {@link #OVERHEAD_BYTES} for each of
     * them, so that many empty ones weigh something too.
     */
    long bytes();

    /** About what a key or value takes in memory or encoded beside its own bytes. */
    int OVERHEAD_BYTES = 8;

    /** A command on one key. */
    sealed interface OnKey extends Command {
        Bytes key();

        @Override
        default List<Bytes> keys() {
            return List.of(key());
        }

        @Override
        default long bytes() {
            return weight(key());
        }
    }

    /**
     * Answers {@link Result.Found} or {@link Result.Absent}; where concurrent writes have left several values, {@link
     * Result.Siblings}.
     */
    record Get(Bytes key) implements OnKey {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Answers {@link Result.Siblings}: all values that a key holds, be they none, one or several. */
    record ReadSiblings(Bytes key) implements OnKey {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Answers {@link Result.WholeNumber} 1 or 0, whatever kind of value the key holds. */
    record Exists(Bytes key) implements OnKey {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * Answers {@link Result.WholeNumber}, the version of a key: 0 if it is absent, else what grows with every write of
     * the key, also if it was deleted in between. A {@link Transaction} can depend on it.
     */
    record Watch(Bytes key) implements OnKey {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** When a put takes effect. */
    enum Condition {
        ALWAYS,
        IF_ABSENT,
        IF_PRESENT
    }

    /**
     * Sets a key to a text, whatever it held. Answers {@link Result.Applied}; with {@code previous} instead the text
     * that it held, as a get would, and then fails where it held a list.
     */
    record Put(Bytes key, Bytes value, Condition condition, boolean previous) implements OnKey {
        /** An unconditional put. */
        public Put(Bytes key, Bytes value) {
            this(key, value, Condition.ALWAYS, false);
        }

        @Override
        public long bytes() {
            return weight(key) + weight(value);
        }
    }

    /** Answers {@link Result.WholeNumber}: 1 if the key was there, else 0. */
    record Delete(Bytes key) implements OnKey {}

    /**
     * Sets a key to a text, or deletes it, in place of just those values that a reader had seen: others that were written
     * meanwhile stay as siblings. Answers {@link Result.Applied}.
     *
     * @param value empty to delete
     * @param context as {@link Result.Siblings} brought it
     */
    record Merge(Bytes key, Optional<Bytes> value, Bytes context) implements OnKey {
        @Override
        public long bytes() {
            return weight(key) + weight(context) + value.map(Command::weight).orElse(0L);
        }
    }

    /**
     * Sets the key to {@code value} if it holds just {@code expected} (empty: if it is absent). Answers {@link
     * Result.Applied}.
     */
    record CompareAndSet(Bytes key, Optional<Bytes> expected, Bytes value) implements OnKey {
        @Override
        public long bytes() {
            return weight(key) + weight(value) + expected.map(Command::weight).orElse(0L);
        }
    }

    /**
     * Adds to a decimal text in the range of a {@code long}; an absent key counts as 0. Answers the sum as
     * {@link Result.WholeNumber}; fails with {@link Response.Reason#NOT_A_NUMBER} or {@link
     * Response.Reason#OUT_OF_RANGE}.
     */
    record Increment(Bytes key, long delta) implements OnKey {}

    /**
     * Adds elements at the end of a list, the first given first. Answers the new length as {@link Result.WholeNumber}.
     */
    record Append(Bytes key, List<Bytes> elements) implements OnKey {
        public Append {
            elements = atLeastOne(elements, "elements");
        }

        @Override
        public long bytes() {
            return weight(key) + weight(elements);
        }
    }

    /**
     * Adds elements at the head of a list one after the other: the last given ends as the head. Answers the new length.
     */
    record Prepend(Bytes key, List<Bytes> elements) implements OnKey {
        public Prepend {
            elements = atLeastOne(elements, "elements");
        }

        @Override
        public long bytes() {
            return weight(key) + weight(elements);
        }
    }

    /**
     * Reads elements {@code from} to {@code to}, both included, counted from 0, or backwards from -1 for the last; what
     * lies outside is left out. Answers {@link Result.Elements}, of an absent key none.
     */
    record ReadList(Bytes key, long from, long to) implements OnKey {
        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * Several commands as one: each sees the effects of those before it, no other client sees some without the others,
     * and if one fails none takes effect. Answers {@link Result.Each}; where a watched key has another version than it
     * had, nothing takes effect, and the answer is {@link Result.Applied} with false. Transactions do not nest, and hold
     * no commands of sessions: a session may hold one.
     */
    record Transaction(List<Command> commands, List<Watched> watched) implements Command {
        /** One that takes effect whatever was written before. */
        public Transaction(List<Command> commands) {
            this(commands, List.of());
        }

        public Transaction {
            commands = atLeastOne(commands, "commands");
            watched = List.copyOf(watched);
            if (!commands.stream().allMatch(OnKey.class::isInstance)) {
                throw new IllegalArgumentException(
                        "a transaction holds commands on single keys alone: no other transaction, no operation, none of a session");
            }
        }

        @Override
        public boolean isRead() {
            return commands.stream().allMatch(Command::isRead);
        }

        @Override
        public List<Bytes> keys() {
            var touched = commands.stream().flatMap(command -> command.keys().stream());
            return Stream.concat(touched, watched.stream().map(Watched::key)).toList();
        }

        @Override
        public long bytes() {
            return commands.stream().mapToLong(Command::bytes).sum()
                    + watched.stream()
                            .mapToLong(each -> OVERHEAD_BYTES + weight(each.key()))
                            .sum();
        }
    }

    /** A key on which a transaction depends, and the version that {@link Watch} answered; from 0. */
    record Watched(Bytes key, long version) {
        public Watched {
            if (version < 0) {
                throw new IllegalArgumentException("no version is negative: version=" + version);
            }
        }
    }

    /**
     * An operator's request of the node that is asked, and of no other: only the admin port hands it on, no gateway and
     * no forward ever carries one. {@link Traits#operations} names those that an algorithm offers. Answers {@link
     * Result.Table}, or what else the algorithm says.
     *
     * <p>It touches no key, and nobody but the algorithm knows whether it changes anything: so it counts as a write, and
     * one that is not answered has an unknown outcome.
     */
    record Operation(String name, List<String> arguments) implements Command {
        public Operation {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Bytes> keys() {
            return List.of();
        }

        @Override
        public long bytes() {
            return weight(name) + arguments.stream().mapToLong(Command::weight).sum();
        }
    }

    /**
     * Opens a session, in which a command can be asked again and takes effect once (Ongaro's thesis, section 6.3).
     * Answers {@link Result.WholeNumber}, the session's number: from 1, and never given twice.
     */
    record OpenSession() implements Command {
        @Override
        public List<Bytes> keys() {
            return List.of();
        }

        @Override
        public long bytes() {
            return OVERHEAD_BYTES;
        }
    }

    /**
     * A command of a session: however often it is asked, it takes effect once at most. A session remembers the greatest
     * sequence that was applied, and its answer:
     *
     * <pre>
     *   sequence     answer
     *   greater      the command's own, a failure too; it is remembered. Gaps are left by what was refused
     *   equal        the remembered one again, or {@link Response.Unknown} if it was too large to be remembered;
     *                {@link Response.Failed} if it is another command than the one that was applied
     *   less         {@link Response.Unknown}: whoever asks this has gone on, and it may have been applied then
     * </pre>
     *
     * <p>Sessions expire, by how long ago they were used, as the log counts: then the answer is {@link Response.Unknown},
     * since what is asked may have been applied before. A session that nobody ever opened is a {@link Response.Failed}.
     *
     * <p>Whoever did not learn an outcome asks again, under the same sequence. An answer that no log was asked for, such
     * as {@link Response.Reason#UNAVAILABLE} or {@link Response.Reason#OVERLOADED}, speaks of that attempt alone: an
     * earlier one may have taken effect.
     *
     * <p>A read is carried out each time, as it changes nothing. It asks nothing of the session, and leaves nothing there.
     *
     * @param session as {@link OpenSession} answered
     * @param sequence from 1; a client counts up, and asks a new command when it knows the outcome of the one before
     * @param command on keys: a single one or a transaction
     */
    record InSession(long session, long sequence, Command command) implements Command {
        public InSession {
            if (session < 1 || sequence < 1) {
                throw new IllegalArgumentException(
                        "sessions and sequences are from 1: session=" + session + " sequence=" + sequence);
            }
            if (!(command instanceof OnKey) && !(command instanceof Transaction)) {
                throw new IllegalArgumentException("a session holds commands on keys alone");
            }
        }

        @Override
        public boolean isRead() {
            return command.isRead();
        }

        @Override
        public List<Bytes> keys() {
            return command.keys();
        }

        @Override
        public long bytes() {
            return 2 * OVERHEAD_BYTES + command.bytes();
        }
    }

    private static long weight(String text) {
        return OVERHEAD_BYTES + (long) text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long weight(Bytes bytes) {
        return OVERHEAD_BYTES + (long) bytes.size();
    }

    private static long weight(List<Bytes> elements) {
        long sum = 0;
        for (var element : elements) {
            sum += weight(element);
        }
        return sum;
    }

    private static <E> List<E> atLeastOne(List<E> elements, String what) {
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("no " + what);
        }
        return List.copyOf(elements);
    }
}
