package dcluster.journal;

import dcluster.codec.ByteReader;
import dcluster.codec.MalformedMessageException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder's journal from its first record to its last, and changes nothing.
 *
 * <p>The first frame that is not valid ends the journal at its position, unless a later mark claims that more was
 * durable: then something is lost that must not be lost.
 */
final class Replay implements Closeable {
    private final Disk disk;
    private final long identity;
    private final Consumer<ByteReader> consumer;
    private final List<JournalFile> unused = new ArrayList<>();
    private final List<TailScan> tails = new ArrayList<>();
    private State state = State.NONE;
    private long wipedAfter;
    private long incarnation;
    private long records;
    private long position;
    private @Nullable JournalFile last;
    private long lastBase;
    private @Nullable JournalFile sealed;
    private long sealedBase;
    private long vouched;
    private String problem = "";

    Replay(Disk disk, long identity, Consumer<ByteReader> consumer) {
        this.disk = disk;
        this.identity = identity;
        this.consumer = consumer;
    }

    /** What is read comes after that incarnation, the last before the node was wiped; 0 if it never was. */
    void beginAfter(long lastIncarnation) {
        wipedAfter = lastIncarnation;
        incarnation = lastIncarnation;
    }

    void run() throws IOException {
        var states = numbers(FileNames.STATE);
        if (!states.isEmpty()) {
            replayState(states.last());
        }
        position = state.position();
        replaySegments(numbers(FileNames.SEGMENT).tailSet(state.number(), true));
    }

    /** What stands in for the segments that were compacted away. */
    State state() {
        return state;
    }

    /** The last incarnation before the node was wiped; 0 if it never was. */
    long wipedAfter() {
        return wipedAfter;
    }

    /** The greatest that was found, or after which the node was wiped; 0 in a new folder. */
    long incarnation() {
        return incarnation;
    }

    /** How far the journal has come. */
    Past reached() {
        return new Past(incarnation, position);
    }

    /** The segment that holds the journal's end. */
    JournalFile last() {
        if (last == null) {
            throw new IllegalStateException("not replayed");
        }
        return last;
    }

    /** Where that segment begins in the journal. */
    long lastBase() {
        return lastBase;
    }

    /** The offset in that segment at which the journal ends. */
    long end() {
        return FileHeader.DATA_START + position - lastBase;
    }

    /** The segments behind it, without a valid frame. */
    List<JournalFile> unused() {
        return unused;
    }

    /** What lies behind that end, and in the segments behind: remains of writes that were never durable. */
    List<TailScan> tails() {
        return tails;
    }

    /**
     * Writes again what was replayed but no mark vouches for; in the last segment it is durable with the next sync.
     * It may have been read from a page cache that holds it as clean although the sync of an earlier process failed,
     * or as dirty because that process died first.
     */
    void rewriteUnvouched() throws IOException {
        if (sealed != null && vouched < lastBase) {
            sealed.rewrite(FileHeader.DATA_START + vouched - sealedBase, FileHeader.DATA_START + lastBase - sealedBase);
            sealed.file().force();
        }
        closeSealed();
        last().rewrite(FileHeader.DATA_START + Math.max(0, vouched - lastBase), end());
    }

    Recovery recovery() {
        long tail = tails.stream().mapToLong(TailScan::bytes).sum();
        var cut = new Recovery.Cut(last().name(), end(), tail, problem);
        long bytes = state.bytes() + position - state.position();
        return new Recovery(records, bytes, tail == 0 ? Optional.empty() : Optional.of(cut));
    }

    @Override
    public void close() throws IOException {
        closeSealed();
        if (last != null) {
            last.close();
        }
        for (var file : unused) {
            file.close();
        }
    }

    private NavigableSet<Long> numbers(String prefix) throws IOException {
        var numbers = new TreeSet<Long>();
        for (String name : disk.list()) {
            FileNames.number(prefix, name).ifPresent(numbers::add);
        }
        return numbers;
    }

    private void replayState(long number) throws IOException {
        try (var file = JournalFile.open(disk, FileNames.state(number), FileHeader.STATE, number, identity)) {
            var frames = file.frames(0);
            while (frames.next() && frames.kind() == Frames.RECORD) {
                deliver(file, frames);
            }
            if (!frames.problem().isEmpty()) {
                throw file.damaged(frames.offset(), frames.problem() + ", but this state was whole once");
            }
            if (frames.kind() != Frames.END || !frames.isLast()) {
                throw file.damaged(frames.offset(), "a state ends here, but this one goes on");
            }
            var header = file.header();
            incarnation = header.incarnation();
            state = new State(number, header.position(), frames.position() + Frames.MARK_BYTES);
        }
    }

    private void replaySegments(NavigableSet<Long> numbers) throws IOException {
        long expected = state.number();
        for (long number : numbers) {
            if (number != expected) {
                throw missing(expected);
            }
            expected++;
            var file = JournalFile.open(disk, FileNames.segment(number), FileHeader.SEGMENT, number, identity);
            if (last != null) {
                unused.add(file);
            } else {
                replaySegment(file);
            }
        }
        if (last == null) {
            throw missing(expected);
        }
        verifyEnd(last);
    }

    /** Delivers all records of a segment, which is the last one unless a seal ends it. */
    private void replaySegment(JournalFile file) throws IOException {
        last = file;
        lastBase = position;
        var frames = file.frames(position);
        while (frames.next()) {
            switch (frames.kind()) {
                case Frames.RECORD -> deliver(file, frames);
                case Frames.MARK, Frames.SEAL -> acceptMark(frames.mark());
                default -> throw file.damaged(frames.offset(), "a segment holds no frame of kind " + frames.kind());
            }
            position = frames.nextPosition();
            if (frames.kind() == Frames.SEAL) {
                seal(file);
                return;
            }
        }
        problem = frames.problem();
    }

    private void acceptMark(Mark mark) {
        incarnation = Math.max(incarnation, mark.incarnation());
        vouched = Math.max(vouched, mark.durable());
    }

    /** A sealed segment is kept open until the next one is: until a mark follows, nothing vouches for its end. */
    private void seal(JournalFile file) throws IOException {
        closeSealed();
        sealed = file;
        sealedBase = lastBase;
        last = null;
    }

    private void closeSealed() throws IOException {
        if (sealed != null) {
            sealed.close();
            sealed = null;
        }
    }

    private void deliver(JournalFile file, FrameReader frames) throws IOException {
        try {
            consumer.accept(frames.body());
            records++;
        } catch (MalformedMessageException e) {
            throw file.damaged(frames.offset(), "a record cannot be decoded: " + e.getMessage());
        }
    }

    /** Decides between a torn tail and lost data. */
    private void verifyEnd(JournalFile file) throws IOException {
        tails.add(TailScan.of(file, end()));
        for (var later : unused) {
            tails.add(TailScan.of(later, FileHeader.DATA_START));
        }
        long durable = tails.stream().mapToLong(TailScan::durable).max().orElseThrow();
        if (durable > position) {
            throw file.damaged(
                    end(), problem + ", but " + (durable - position) + " bytes from there on were durable once");
        }
    }

    private DamagedJournalException missing(long number) {
        return new DamagedJournalException(disk.folder() + "/" + FileNames.segment(number), 0, "this file is missing");
    }
}
