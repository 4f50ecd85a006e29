package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Condition;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The key-value state machine that replicated logs drive: applies every {@link Command} as its documentation says. The
 * same commands in the same order make the same content and the same answers everywhere.
 *
 * <p>What a key holds has a version: the number of the change of the store that wrote it. So the version of a key that is
 * written grows, also if it was deleted in between, and nothing need be kept of what is deleted.
 *
 * <p>It answers {@link Response.Ok} or {@link Response.Failed}, nothing else; a command that failed, or that reads, has
 * changed nothing. Not thread-safe; what {@link #freeze} returns is.
 */
public final class Store {
    private static final String ONE_VALUE = "it keeps one value of each key, so there are no siblings";

    private static final String NO_SESSIONS =
            "it remembers no sessions, so it cannot tell that it has applied a command before";

    /** What one fails that remembers no sessions, and why; so does each algorithm that is built on it. */
    public static final Map<Class<? extends Command>, String> UNSERVED = Map.of(
            Command.ReadSiblings.class, ONE_VALUE,
            Command.Merge.class, ONE_VALUE,
            Command.OpenSession.class, NO_SESSIONS,
            Command.InSession.class, NO_SESSIONS);

    /** What one fails that remembers sessions, and why. */
    public static final Map<Class<? extends Command>, String> UNSERVED_WITH_SESSIONS =
            Map.of(Command.ReadSiblings.class, ONE_VALUE, Command.Merge.class, ONE_VALUE);

    private static final HandlerTable<Store, Command> COMMANDS = HandlerTable.of(Store.class, Command.class)
            .on(Command.Get.class, Store::get)
            .on(Command.Exists.class, Store::exists)
            .on(Command.Watch.class, Store::watch)
            .on(Command.Put.class, Store::put)
            .on(Command.Delete.class, Store::delete)
            .on(Command.CompareAndSet.class, Store::compareAndSet)
            .on(Command.Increment.class, Store::increment)
            .on(Command.Append.class, Store::append)
            .on(Command.Prepend.class, Store::prepend)
            .on(Command.ReadList.class, Store::readList)
            .on(Command.Transaction.class, Store::transaction)
            .on(Command.OpenSession.class, Store::openSession)
            .on(Command.InSession.class, Store::inSession)
            .on(Command.ReadSiblings.class, Store::refuse)
            .on(Command.Merge.class, Store::refuse)
            .on(Command.Operation.class, Store::refuseOperation)
            .build();

    private static final Response ABSENT = new Response.Ok(new Result.Absent());
    private static final Response APPLIED = new Response.Ok(new Result.Applied(true));
    private static final Response NOT_APPLIED = new Response.Ok(new Result.Applied(false));
    private static final Response HOLDS_A_LIST =
            new Response.Failed(Reason.WRONG_TYPE, "the key holds a list, not a text");
    private static final Response HOLDS_A_TEXT =
            new Response.Failed(Reason.WRONG_TYPE, "the key holds a text, not a list");
    private static final Response EXPIRED = new Response.Unknown(
            "the session has expired, so nobody knows any more" + " whether it was applied: open another one");
    private static final Response PASSED = new Response.Unknown(
            "a greater sequence was applied in this session, and only the answer to that one is remembered");

    private Frozen content;

    // What the handler of the command at hand answers; only apply() reads it.
    private Response answer = ABSENT;

    /** An empty one that serves no sessions. */
    public Store() {
        this(0);
    }

    /** An empty one that remembers so many sessions, as {@link SessionBound} says. */
    public Store(int sessions) {
        this(Frozen.empty(sessions));
    }

    /** One that begins as another was; what becomes of either does not touch the other. */
    public Store(Frozen content) {
        this.content = content;
    }

    /** An empty one that remembers as many sessions as this one. */
    Store blank() {
        return new Store(content.sessions().most());
    }

    /** Applies a command; nothing of it stays if it fails. */
    public Response apply(Command command) {
        COMMANDS.dispatch(this, command);
        return answer;
    }

    /**
     * Adds the content of a chunk. An empty store that was given all {@linkplain Frozen#chunks chunks} of another in
     * their order equals it in content, hash and size, and goes on as that one would if it remembers as many sessions.
     *
     * @throws IllegalArgumentException if the part of a list, or a session, does not continue what is there: a chunk was
     *     lost, repeated or misplaced. What the chunk held before that part was added.
     */
    public void restore(StoreChunk chunk) {
        for (var part : chunk.parts()) {
            if (part instanceof StoreChunk.SessionPart session) {
                restore(session);
            } else {
                var ofKey = (StoreChunk.KeyPart) part;
                content = content.with(ofKey.key(), restored(ofKey));
            }
        }
        content = content.with(content.sessions().after(chunk.opened()), chunk.changes());
    }

    private void restore(StoreChunk.SessionPart part) {
        var sessions = content.sessions();
        var last = sessions.get(sessions.byUse().last());
        if (last != null && part.use() <= last.use()) {
            throw new IllegalArgumentException(
                    "a session does not follow by its use: last=" + last.use() + " session=" + part);
        }
        content = content.with(sessions.with(part.id(), part.session()), part.use());
    }

    private Value restored(StoreChunk.KeyPart part) {
        if (part instanceof StoreChunk.TextPart text) {
            return new Value.Text(text.text(), text.version());
        }
        var more = (StoreChunk.ListPart) part;
        var list = content.get(part.key()) instanceof Value.Elements former ? former : Value.Elements.NONE;
        if (list.elements().size() != more.from()) {
            throw new IllegalArgumentException("the chunk does not continue the list: has="
                    + list.elements().size() + " from=" + more.from() + " key=" + part.key());
        }
        return list.append(more.elements(), more.version());
    }

    /** The content as it is now, in constant time; later changes do not touch it. */
    public Frozen freeze() {
        return content;
    }

    /** The number of keys. */
    public int size() {
        return content.size();
    }

    /** The number of sessions that are remembered. */
    public int sessionCount() {
        return content.sessionCount();
    }

    /** Whether opening a session makes one expire. */
    boolean isFullOfSessions() {
        return content.sessions().isFull();
    }

    /** Whether a command of a session, or a later one, was applied: so it changes nothing any more. */
    boolean hasPassed(Command.InSession command) {
        var session = content.sessions().get(command.session());
        return session != null && command.sequence() <= session.sequence();
    }

    /** See {@link Frozen#hash}. */
    public long hash() {
        return content.hash();
    }

    /** See {@link Frozen#bytes}. */
    public long bytes() {
        return content.bytes();
    }

    /** See {@link Frozen#memoryBytes}. */
    public long memoryBytes() {
        return content.memoryBytes();
    }

    /** What a key takes of {@link #memoryBytes}; 0 if it is absent. */
    long memoryBytes(Bytes key) {
        return content.memoryBytes(key);
    }

    private void get(Command.Get get) {
        answer = text(content.get(get.key()));
    }

    private void refuse(Command command) {
        answer = new Response.Failed(Reason.UNSUPPORTED, ONE_VALUE);
    }

    private void refuseOperation(Command.Operation operation) {
        answer = new Response.Failed(Reason.UNSUPPORTED, "a store has no operations");
    }

    private void exists(Command.Exists exists) {
        answer = number(content.get(exists.key()) == null ? 0 : 1);
    }

    private void watch(Command.Watch watch) {
        answer = number(version(watch.key()));
    }

    private long version(Bytes key) {
        var value = content.get(key);
        return value == null ? 0 : value.version();
    }

    /** The version of what the command at hand writes. */
    private long nextVersion() {
        return content.changes() + 1;
    }

    private void put(Command.Put put) {
        var former = content.get(put.key());
        if (put.previous() && former instanceof Value.Elements) {
            answer = HOLDS_A_LIST;
            return;
        }
        boolean applies =
                put.condition() == Condition.ALWAYS || (former == null) == (put.condition() == Condition.IF_ABSENT);
        if (applies) {
            content = content.with(put.key(), new Value.Text(put.value(), nextVersion()));
        }
        answer = put.previous() ? text(former) : applies ? APPLIED : NOT_APPLIED;
    }

    private void delete(Command.Delete delete) {
        int before = content.size();
        content = content.without(delete.key());
        answer = number(before - content.size());
    }

    private void compareAndSet(Command.CompareAndSet command) {
        var former = content.get(command.key());
        if (former instanceof Value.Elements) {
            answer = HOLDS_A_LIST;
            return;
        }
        var held = former instanceof Value.Text text ? Optional.of(text.text()) : Optional.<Bytes>empty();
        boolean applies = held.equals(command.expected());
        if (applies) {
            content = content.with(command.key(), new Value.Text(command.value(), nextVersion()));
        }
        answer = applies ? APPLIED : NOT_APPLIED;
    }

    private void increment(Command.Increment command) {
        var former = content.get(command.key());
        if (former instanceof Value.Elements) {
            answer = HOLDS_A_LIST;
            return;
        }
        var held = former instanceof Value.Text text ? Decimal.parse(text.text()) : OptionalLong.of(0);
        if (held.isEmpty()) {
            answer = new Response.Failed(Reason.NOT_A_NUMBER, "the text is not a whole number of 64 bits");
            return;
        }
        long sum = held.getAsLong() + command.delta();
        // It wrapped around if its sign is neither summand's.
        if (((held.getAsLong() ^ sum) & (command.delta() ^ sum)) < 0) {
            answer = new Response.Failed(Reason.OUT_OF_RANGE, "the sum would not fit into 64 bits");
            return;
        }
        content = content.with(command.key(), new Value.Text(Bytes.utf8(Long.toString(sum)), nextVersion()));
        answer = number(sum);
    }

    private void append(Command.Append append) {
        grow(append.key(), append.elements(), false);
    }

    private void prepend(Command.Prepend prepend) {
        grow(prepend.key(), prepend.elements(), true);
    }

    private void grow(Bytes key, List<Bytes> added, boolean atHead) {
        var former = content.get(key);
        if (former instanceof Value.Text) {
            answer = HOLDS_A_TEXT;
            return;
        }
        var list = former instanceof Value.Elements elements ? elements : Value.Elements.NONE;
        var grown = atHead ? list.prepend(added, nextVersion()) : list.append(added, nextVersion());
        content = content.with(key, grown);
        answer = number(grown.elements().size());
    }

    private void readList(Command.ReadList read) {
        var value = content.get(read.key());
        if (value instanceof Value.Text) {
            answer = HOLDS_A_TEXT;
            return;
        }
        var list = value instanceof Value.Elements elements ? elements.elements() : PersistentList.<Bytes>empty();
        int from = (int) Math.min(list.size(), Math.max(0, fromHead(read.from(), list.size())));
        int to = (int) Math.min(list.size() - 1, fromHead(read.to(), list.size()));
        answer = new Response.Ok(new Result.Elements(from > to ? List.of() : list.slice(from, to + 1)));
    }

    /** Each sees what those before it did; if one fails, the content from before the first is put back. */
    private void transaction(Command.Transaction transaction) {
        for (var watched : transaction.watched()) {
            if (version(watched.key()) != watched.version()) {
                answer = NOT_APPLIED;
                return;
            }
        }
        var before = content;
        var results = new ArrayList<Result>(transaction.commands().size());
        for (var command : transaction.commands()) {
            if (apply(command) instanceof Response.Ok ok) {
                results.add(ok.result());
            } else {
                // The answer is the failed command's.
                content = before;
                return;
            }
        }
        answer = new Response.Ok(new Result.Each(results));
    }

    private void openSession(Command.OpenSession open) {
        if (content.sessions().most() == 0) {
            answer = new Response.Failed(Reason.UNSUPPORTED, NO_SESSIONS);
            return;
        }
        var sessions = content.sessions().open(nextVersion());
        content = content.with(sessions, nextVersion());
        answer = number(sessions.opened());
    }

    /** Whatever it comes to, but for a read: it was used, and so it is not the next one to expire. */
    private void inSession(Command.InSession asked) {
        if (asked.isRead()) {
            apply(asked.command());
            return;
        }
        var session = content.sessions().get(asked.session());
        if (session == null) {
            answer = content.sessions().wasOpened(asked.session()) ? EXPIRED : neverOpened(asked.session());
            return;
        }
        long command = Fingerprint.of(asked.command());
        if (asked.sequence() > session.sequence()) {
            var kept = Answer.kept(apply(asked.command()));
            session = new Session(asked.sequence(), command, kept, 0);
        } else {
            answer = asked.sequence() < session.sequence() ? PASSED : again(session, command);
        }
        long use = nextVersion();
        content = content.with(content.sessions().with(asked.session(), session.usedAt(use)), use);
    }

    private static Response again(Session session, long command) {
        return command == session.command() ? session.answer().response() : anotherCommand(session);
    }

    private static Response anotherCommand(Session session) {
        return new Response.Failed(
                Reason.UNSUPPORTED,
                "sequence " + session.sequence()
                        + " of this session was another command: give each command a sequence of its own");
    }

    private static Response neverOpened(long id) {
        return new Response.Failed(
                Reason.UNSUPPORTED, "there was never a session " + id + ": opening one answers its number");
    }

    /** An index that counts from the head, from one that counts backwards from -1 if it is negative. */
    private static long fromHead(long index, int size) {
        return index < 0 ? Math.max(index + size, -1) : index;
    }

    private static Response text(@Nullable Value value) {
        if (value == null) {
            return ABSENT;
        }
        return value instanceof Value.Text text ? new Response.Ok(new Result.Found(text.text())) : HOLDS_A_LIST;
    }

    private static Response number(long value) {
        return new Response.Ok(new Result.WholeNumber(value));
    }
}
