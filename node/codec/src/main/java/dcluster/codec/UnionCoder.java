package dcluster.codec;

/**
 * Writes a record as a member of a sealed interface: the tag, a varint, then its components one after the other. Like
 * {@link RecordCoder} it exists before the bodies of its members.
 */
final class UnionCoder implements Coder {
    private record Member(Class<?> type, int tag, Coder body) {}

    private final Member[] byTag;

    // Open addressing by the class's hash, at most half full: this lookup is on the path of each value.
    private final Member[] byType;

    UnionCoder(int memberCount) {
        byTag = new Member[memberCount];
        byType = new Member[4 * Integer.highestOneBit(memberCount)];
    }

    void complete(int tag, Class<?> type, Coder body) {
        var member = new Member(type, tag, body);
        byTag[tag] = member;
        int slot = slot(type);
        while (byType[slot] != null) {
            slot = next(slot);
        }
        byType[slot] = member;
    }

    @Override
    public void write(Object value, ByteWriter out) {
        out.enter();
        var member = member(value.getClass());
        out.writeVarLong(member.tag);
        member.body.write(value, out);
        out.leave();
    }

    @Override
    public Object read(ByteReader in) {
        in.enter();
        long tag = in.readVarLong();
        if (tag < 0 || tag >= byTag.length) {
            throw in.malformed("type " + Long.toUnsignedString(tag) + " of " + byTag.length);
        }
        var value = byTag[(int) tag].body.read(in);
        in.leave();
        return value;
    }

    private Member member(Class<?> type) {
        int slot = slot(type);
        while (byType[slot] != null && byType[slot].type != type) {
            slot = next(slot);
        }
        if (byType[slot] == null) {
            throw new IllegalArgumentException("not of this schema: " + type);
        }
        return byType[slot];
    }

    private int slot(Class<?> type) {
        return type.hashCode() & (byType.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (byType.length - 1);
    }
}
