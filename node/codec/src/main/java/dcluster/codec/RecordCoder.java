package dcluster.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record that stands by itself, without a tag: its components one after the other, or a zero if it has none.
 * So no value takes no bytes at all, and a count is never larger than the bytes that are left.
 *
 * <p>It exists before its body, because the body may lead back to it: a tree of records holds records of its own type.
 */
final class RecordCoder implements Coder {
    private final boolean empty;
    private @Nullable Coder body;

    RecordCoder(boolean empty) {
        this.empty = empty;
    }

    void complete(Coder components) {
        body = components;
    }

    @Override
    public void write(Object value, ByteWriter out) {
        out.enter();
        if (empty) {
            out.writeByte(0);
        }
        Objects.requireNonNull(body).write(value, out);
        out.leave();
    }

    @Override
    public Object read(ByteReader in) {
        in.enter();
        if (empty && in.readByte() != 0) {
            throw in.malformed("a record without components is 0");
        }
        var value = Objects.requireNonNull(body).read(in);
        in.leave();
        return value;
    }
}
