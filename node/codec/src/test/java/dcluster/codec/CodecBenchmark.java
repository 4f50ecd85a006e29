package dcluster.codec;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The derived codec beside a hand-written twin that makes the same bytes: an append of 47 entries, each a put of 100
 * bytes, as a leader under load sends it. Run by hand: {@code java -cp ... dcluster.codec.CodecBenchmark [rounds]}.
 * Rounds of both alternate in one process, after other messages went through the same code, as they do in a node.
 */
public final class CodecBenchmark {
    sealed interface Message {}

    record RequestVote(long term, long lastIndex, long lastTerm, boolean pre) implements Message {}

    record VoteReply(long term, boolean granted, boolean pre) implements Message {}

    record AppendEntries(long term, long previousIndex, long previousTerm, long committed, List<Entry> entries)
            implements Message {
        AppendEntries {
            entries = List.copyOf(entries);
        }
    }

    record AppendReply(long term, boolean success, long matchIndex) implements Message {}

    record Entry(long term, Command command) {}

    private static final int WORK = 2_000;
    private static final Codec<Message> DERIVED = Codec.of(Message.class);
    private static final HandWritten TWIN = new HandWritten();

    private CodecBenchmark() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        warmUpWithOtherMessages();
        Message message = realisticAppend();
        var out = new ByteWriter(64 << 10);
        DERIVED.encode(message, out);
        byte[] bytes = out.toArray();
        out.clear(64 << 10);
        TWIN.encode(message, out);
        if (!Arrays.equals(bytes, out.toArray())) {
            throw new IllegalStateException("the twin writes other bytes");
        }
        System.out.println("message of " + bytes.length + " bytes");
        compare("encode", rounds, () -> encodeDerived(message, out), () -> encodeTwin(message, out));
        compare("decode", rounds, () -> decodeDerived(bytes), () -> decodeTwin(bytes));
    }

    private static void compare(String what, int rounds, LongSupplier derived, LongSupplier twin) {
        var derivedTimes = new double[rounds];
        var twinTimes = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            derivedTimes[round] = micros(derived);
            twinTimes[round] = micros(twin);
        }
        Arrays.sort(derivedTimes);
        Arrays.sort(twinTimes);
        report(what + ", best round", derivedTimes[0], twinTimes[0]);
        report(what + ", median", derivedTimes[rounds / 2], twinTimes[rounds / 2]);
    }

    private static void report(String what, double derived, double twin) {
        System.out.printf("%s: derived %.2f us, by hand %.2f us, ratio %.2f%n", what, derived, twin, derived / twin);
    }

    /** Microseconds of this thread's processor time for one message. */
    private static double micros(LongSupplier work) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long sum = work.getAsLong();
        long elapsed = threads.getCurrentThreadCpuTime() - start;
        if (sum == 42) {
            System.out.println("never, but the work must not be optimised away");
        }
        return elapsed / 1e3 / WORK;
    }

    private static long encodeDerived(Message message, ByteWriter out) {
        long sum = 0;
        for (int i = 0; i < WORK; i++) {
            out.truncate(0);
            DERIVED.encode(message, out);
            sum += out.size();
        }
        return sum;
    }

    private static long encodeTwin(Message message, ByteWriter out) {
        long sum = 0;
        for (int i = 0; i < WORK; i++) {
            out.truncate(0);
            TWIN.encode(message, out);
            sum += out.size();
        }
        return sum;
    }

    private static long decodeDerived(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < WORK; i++) {
            sum += ((AppendEntries) DERIVED.decode(new ByteReader(bytes)))
                    .entries()
                    .size();
        }
        return sum;
    }

    private static long decodeTwin(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < WORK; i++) {
            sum += ((AppendEntries) TWIN.decode(new ByteReader(bytes)))
                    .entries()
                    .size();
        }
        return sum;
    }

    private static Message realisticAppend() {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 47; i++) {
            var value = new byte[100];
            Arrays.fill(value, (byte) i);
            entries.add(new Entry(3, new Command.Put(Bytes.utf8("key:" + 100_000 + i), Bytes.copyOf(value))));
        }
        return new AppendEntries(3, 123_456, 3, 123_400, entries);
    }

    private static void warmUpWithOtherMessages() {
        var key = Bytes.utf8("key");
        var commands = List.of(
                new Command.Get(key),
                new Command.Increment(key, 7),
                new Command.Append(key, List.of(key, key)),
                new Command.Put(key, key),
                new Command.Delete(key));
        var entries = commands.stream().map(command -> new Entry(2, command)).toList();
        var messages = List.of(
                new RequestVote(3, 7, 2, true),
                new VoteReply(3, true, false),
                new AppendReply(3, true, 9),
                new AppendEntries(3, 7, 2, 5, entries));
        var out = new ByteWriter(1000);
        for (int i = 0; i < 40_000; i++) {
            var message = messages.get(i % messages.size());
            out.truncate(0);
            DERIVED.encode(message, out);
            TWIN.encode(DERIVED.decode(new ByteReader(out.array(), 0, out.size())), out);
            if (!TWIN.decode(new ByteReader(out.array(), out.size() / 2, out.size() / 2))
                    .equals(message)) {
                throw new IllegalStateException("lost: " + message);
            }
        }
    }
}
