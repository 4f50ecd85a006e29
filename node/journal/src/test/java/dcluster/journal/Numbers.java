package dcluster.journal;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Records that count from 1, and states that stand for all up to a number: whatever is cut, compacted or lost, a
 * replay must give a beginning of that count.
 */
final class Numbers implements Consumer<ByteReader> {
    private static final int RECORD = 1;
    private static final int STATE = 2;

    private long last;
    private long pieces;

    /** Adds the record of a number, up to 200 bytes long, for some numbers several kibibytes. */
    static void add(Batch batch, long number) {
        var out = batch.begin();
        out.writeByte(RECORD);
        out.writeLong(number);
        fill(out, number);
        batch.end();
    }

    /** Adds one of the pieces, from 0, of a state that stands for all records up to {@code last}. */
    static void addState(Batch batch, long last, int piece, int pieces) {
        var out = batch.begin();
        out.writeByte(STATE);
        out.writeLong(last);
        out.writeInt(piece);
        out.writeInt(pieces);
        batch.end();
    }

    /** A batch with the records of {@code from} up to {@code to}. */
    static Batch batch(long from, long to) {
        var batch = new Batch();
        for (long number = from; number <= to; number++) {
            add(batch, number);
        }
        return batch;
    }

    private static void fill(ByteWriter out, long number) {
        int bytes = (int) (number % 97 == 0 ? 5000 : number * 37 % 190);
        for (int i = 0; i < bytes; i++) {
            out.writeByte((int) (number * 31 + i));
        }
    }

    @Override
    public void accept(ByteReader in) {
        if (in.readByte() == RECORD) {
            acceptRecord(in);
        } else {
            acceptState(in);
        }
        in.end();
    }

    /** The last number that the replay gave. */
    long last() {
        if (pieces != 0) {
            throw new AssertionError("the replay ended within a state");
        }
        return last;
    }

    private void acceptRecord(ByteReader in) {
        long number = in.readLong();
        if (number != last() + 1) {
            throw new AssertionError("record " + number + " follows " + last);
        }
        last = number;
        var expected = new ByteWriter(16);
        fill(expected, number);
        if (!Arrays.equals(in.readBytes(in.remaining()).toArray(), expected.toArray())) {
            throw new AssertionError("record " + number + " has another content");
        }
    }

    private void acceptState(ByteReader in) {
        long number = in.readLong();
        int piece = in.readInt();
        int of = in.readInt();
        if (piece != pieces || (piece == 0 && last != 0)) {
            throw new AssertionError(
                    "piece " + piece + " of a state follows " + pieces + " pieces, after record " + last);
        }
        pieces = piece + 1 == of ? 0 : piece + 1;
        last = number;
    }
}
