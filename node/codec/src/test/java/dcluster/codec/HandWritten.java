package dcluster.codec;

import dcluster.codec.CodecBenchmark.AppendEntries;
import dcluster.codec.CodecBenchmark.AppendReply;
import dcluster.codec.CodecBenchmark.Entry;
import dcluster.codec.CodecBenchmark.Message;
import dcluster.codec.CodecBenchmark.RequestVote;
import dcluster.codec.CodecBenchmark.VoteReply;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.util.List;

/** What one would write by hand for the messages of {@link CodecBenchmark}, with the commands that it uses. */
final class HandWritten {
    private static final Command.Condition[] CONDITIONS = Command.Condition.values();

    void encode(Message message, ByteWriter out) {
        if (message instanceof AppendEntries append) {
            out.writeByte(0);
            encodeAppend(append, out);
        } else if (message instanceof AppendReply reply) {
            out.writeByte(1);
            out.writeSignedVarLong(reply.term());
            out.writeByte(reply.success() ? 1 : 0);
            out.writeSignedVarLong(reply.matchIndex());
        } else if (message instanceof RequestVote request) {
            out.writeByte(2);
            out.writeSignedVarLong(request.term());
            out.writeSignedVarLong(request.lastIndex());
            out.writeSignedVarLong(request.lastTerm());
            out.writeByte(request.pre() ? 1 : 0);
        } else if (message instanceof VoteReply reply) {
            out.writeByte(3);
            out.writeSignedVarLong(reply.term());
            out.writeByte(reply.granted() ? 1 : 0);
            out.writeByte(reply.pre() ? 1 : 0);
        }
    }

    private static void encodeAppend(AppendEntries append, ByteWriter out) {
        out.writeSignedVarLong(append.term());
        out.writeSignedVarLong(append.previousIndex());
        out.writeSignedVarLong(append.previousTerm());
        out.writeSignedVarLong(append.committed());
        out.writeVarLong(append.entries().size());
        for (var entry : append.entries()) {
            out.writeSignedVarLong(entry.term());
            encodeCommand(entry.command(), out);
        }
    }

    @SuppressWarnings("EnumOrdinal")
    private static void encodeCommand(Command command, ByteWriter out) {
        if (command instanceof Command.Append append) {
            out.writeByte(0);
            encodeBytes(append.key(), out);
            encodeList(append.elements(), out);
        } else if (command instanceof Command.Delete delete) {
            out.writeByte(2);
            encodeBytes(delete.key(), out);
        } else if (command instanceof Command.Get get) {
            out.writeByte(4);
            encodeBytes(get.key(), out);
        } else if (command instanceof Command.Increment increment) {
            out.writeByte(5);
            encodeBytes(increment.key(), out);
            out.writeSignedVarLong(increment.delta());
        } else if (command instanceof Command.Put put) {
            out.writeByte(7);
            encodeBytes(put.key(), out);
            encodeBytes(put.value(), out);
            out.writeVarLong(put.condition().ordinal());
            out.writeByte(put.previous() ? 1 : 0);
        } else {
            throw new IllegalArgumentException("not in this benchmark: " + command);
        }
    }

    private static void encodeBytes(Bytes bytes, ByteWriter out) {
        out.writeVarLong(bytes.size());
        out.write(bytes);
    }

    private static void encodeList(List<Bytes> elements, ByteWriter out) {
        out.writeVarLong(elements.size());
        for (var element : elements) {
            encodeBytes(element, out);
        }
    }

    Message decode(ByteReader in) {
        int tag = in.readByte();
        return switch (tag) {
            case 0 ->
                new AppendEntries(
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        decodeEntries(in));
            case 1 -> new AppendReply(in.readSignedVarLong(), decodeBoolean(in), in.readSignedVarLong());
            case 2 ->
                new RequestVote(
                        in.readSignedVarLong(), in.readSignedVarLong(), in.readSignedVarLong(), decodeBoolean(in));
            case 3 -> new VoteReply(in.readSignedVarLong(), decodeBoolean(in), decodeBoolean(in));
            default -> throw in.malformed("type " + tag);
        };
    }

    private static List<Entry> decodeEntries(ByteReader in) {
        var entries = new Entry[in.readCount(2)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry(in.readSignedVarLong(), decodeCommand(in));
        }
        return List.of(entries);
    }

    private static Command decodeCommand(ByteReader in) {
        int tag = in.readByte();
        return switch (tag) {
            case 0 -> new Command.Append(decodeBytes(in), decodeList(in));
            case 2 -> new Command.Delete(decodeBytes(in));
            case 4 -> new Command.Get(decodeBytes(in));
            case 5 -> new Command.Increment(decodeBytes(in), in.readSignedVarLong());
            case 7 -> new Command.Put(decodeBytes(in), decodeBytes(in), decodeCondition(in), decodeBoolean(in));
            default -> throw in.malformed("type " + tag);
        };
    }

    private static List<Bytes> decodeList(ByteReader in) {
        var elements = new Bytes[in.readCount(1)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = decodeBytes(in);
        }
        return List.of(elements);
    }

    private static Bytes decodeBytes(ByteReader in) {
        return in.readBytes(in.readCount(1));
    }

    private static Command.Condition decodeCondition(ByteReader in) {
        long ordinal = in.readVarLong();
        if (ordinal < 0 || ordinal >= CONDITIONS.length) {
            throw in.malformed("condition " + ordinal);
        }
        return CONDITIONS[(int) ordinal];
    }

    private static boolean decodeBoolean(ByteReader in) {
        byte value = in.readByte();
        if (value < 0 || value > 1) {
            throw in.malformed("a boolean is 0 or 1");
        }
        return value == 1;
    }
}
