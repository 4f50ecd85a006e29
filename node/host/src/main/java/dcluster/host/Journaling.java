package dcluster.host;

import dcluster.codec.Codec;
import dcluster.journal.Batch;

/**
 * The records of a host on their way to the disk: gathers those of a turn into one batch and knows which are durable.
 * Records are numbered from 1 in the life of the process.
 */
final class Journaling<R> {
    private final Codec<R> codec;
    private final Recorder recorder;
    private final Runnable whenDurable;
    private Batch batch;

    private long appended;
    private long durable;
    private long undurableBytes;

    Journaling(Codec<R> codec, Recorder recorder, Runnable whenDurable) {
        this.codec = codec;
        this.recorder = recorder;
        this.whenDurable = whenDurable;
        this.batch = recorder.acquire();
    }

    void append(R record) {
        encode(record, batch);
        appended++;
    }

    void encode(R record, Batch into) {
        codec.encode(record, into.begin());
        into.end();
    }

    /** Hands the turn's records over, as one write. */
    void endTurn() {
        if (batch.isEmpty()) {
            return;
        }
        long upTo = appended;
        long bytes = batch.bytes();
        undurableBytes += bytes;
        recorder.submit(batch, () -> {
            durable = upTo;
            undurableBytes -= bytes;
            whenDurable.run();
        });
        batch = recorder.acquire();
    }

    /** The number of the last record appended. */
    long appended() {
        return appended;
    }

    /** The number of the last record that is durable, with all before it. */
    long durable() {
        return durable;
    }

    long undurableBytes() {
        return undurableBytes;
    }

    /** The journal's size, with what this turn gathered. */
    long bytes() {
        return recorder.bytes() + batch.bytes();
    }
}
