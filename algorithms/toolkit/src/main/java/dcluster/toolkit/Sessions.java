package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a {@link Store} remembers (Ongaro's thesis, section 6.3); immutable. When one more is opened than
 * there may be, the one that was used longest ago expires. That is an order of the log: every replica that applies it
 * forgets the same one at the same place, also if it began in the middle of it, with a snapshot.
 *
 * <p>A use is a change of the store, as a write of a key is, so its number says when it was.
 *
 * @param most how many there may be; 0 if none can be opened
 * @param opened how many ever were: the number of the last one
 * @param table by the number's eight bytes
 * @param byUse their numbers, the one used longest ago first
 */
record Sessions(int most, long opened, KeyedState<Session> table, Chain byUse) {
    /** None yet. */
    static Sessions atMost(int most) {
        return new Sessions(most, 0, KeyedState.empty(), Chain.EMPTY);
    }

    int size() {
        return table.size();
    }

    /** Whether opening another one makes one expire. */
    boolean isFull() {
        return size() >= most;
    }

    /** A session that is remembered; null if it expired or never was. */
    @Nullable
    Session get(long id) {
        return table.get(key(id));
    }

    /** Whether a session of that number ever was. */
    boolean wasOpened(long id) {
        return id <= opened;
    }

    /** One more session, and one less if there were as many as may be. */
    Sessions open(long change) {
        var room = this;
        while (room.isFull()) {
            room = room.without(room.byUse.first());
        }
        long id = opened + 1;
        return new Sessions(most, id, room.table, room.byUse).with(id, Session.opened(id, change));
    }

    private Sessions without(long id) {
        return new Sessions(most, opened, table.without(key(id)), byUse.without(id));
    }

    /** A session was used: now it is the one used last. */
    Sessions with(long id, Session session) {
        return new Sessions(most, opened, table.with(key(id), session), byUse.toEnd(id));
    }

    /** The same after at least so many were opened. */
    Sessions after(long least) {
        return least <= opened ? this : new Sessions(most, least, table, byUse);
    }

    /** 0 if none ever was, so that a store which serves none hashes as one that knows none. */
    long hash() {
        return opened == 0 ? 0 : StateHash.both(table.hash(), opened);
    }

    /** About what one takes encoded. */
    static long bytes(Session session) {
        return KeyedState.bytes(key(1)) + session.bytes();
    }

    /** What one takes in memory while its answers are small. */
    static long footprint() {
        return KeyedState.memoryBytes(key(1), Session.opened(1, 1).memoryBytes());
    }

    /** What one takes in memory at most. */
    static long mostBytes() {
        return KeyedState.memoryBytes(key(1), Session.MOST_MEMORY_BYTES);
    }

    private static Bytes key(long id) {
        return Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    }
}
