package dcluster.journal;

import dcluster.codec.ByteReader;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures what the journal costs above the disk: run by hand, as
 * {@code java -cp ... dcluster.journal.JournalBenchmark [folder]}. Every figure comes from the same sitting and disk.
 */
final class JournalBenchmark {
    private static final Bytes BODY = Bytes.copyOf(new byte[122]); // 130 bytes with the frame's header
    private static final Identity IDENTITY = new Identity("bench", new NodeId("n1"), "none", 1);

    private final Path root;

    private JournalBenchmark(Path root) {
        this.root = root;
    }

    public static void main(String[] args) throws Exception {
        var root = Files.createTempDirectory(
                args.length > 0 ? Path.of(args[0]) : Path.of(System.getProperty("java.io.tmpdir")), "journal-bench");
        var benchmark = new JournalBenchmark(root);
        try {
            for (int round = 0; round < 3; round++) {
                System.out.println("round " + (round + 1));
                for (int pauseMicros : new int[] {0, 300}) {
                    benchmark.rawLatency(pauseMicros);
                    benchmark.threadLatency(new Sync.Always(), pauseMicros);
                    benchmark.threadLatency(new Sync.Never(), pauseMicros);
                }
                for (int records : new int[] {1, 16, 64, 256}) {
                    benchmark.throughput(records, new Sync.Always());
                }
                benchmark.throughput(64, new Sync.Never());
            }
            benchmark.replay();
        } finally {
            delete(root);
        }
    }

    /** One write and one force at a time, as small as a batch of one record, over zeros that are durable. */
    private void rawLatency(int pauseMicros) throws IOException {
        var nanos = new long[4000];
        try (var file = FileChannel.open(
                root.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            file.write(ByteBuffer.allocate(2 << 20), 0);
            file.force(true);
            var bytes = ByteBuffer.allocateDirect(162);
            for (int i = 0; i < nanos.length; i++) {
                LockSupport.parkNanos(1000L * pauseMicros);
                long start = System.nanoTime();
                bytes.clear();
                file.write(bytes, 4096L + 162L * i);
                file.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Files.delete(root.resolve("raw"));
        print("raw write + force, pause " + pauseMicros + " us", nanos);
    }

    /** One batch under way, submitted {@code pauseMicros} after the one before was done. */
    private void threadLatency(Sync sync, int pauseMicros) throws Exception {
        var nanos = new long[4000];
        try (var thread = thread(sync)) {
            for (int i = 0; i < nanos.length; i++) {
                LockSupport.parkNanos(1000L * pauseMicros);
                var done = new CountDownLatch(1);
                long start = System.nanoTime();
                thread.journal.submit(batch(thread.journal, 1), () -> {
                    thread.lastNanos = System.nanoTime();
                    done.countDown();
                });
                done.await();
                nanos[i] = thread.lastNanos - start;
            }
        }
        print("submit -> callback, " + sync.getClass().getSimpleName() + ", pause " + pauseMicros + " us", nanos);
    }

    /** Eight batches under way at a time. */
    private void throughput(int records, Sync sync) throws Exception {
        int batches = 8000;
        try (var thread = thread(sync)) {
            var free = new Semaphore(8);
            long start = System.nanoTime();
            for (int i = 0; i < batches; i++) {
                free.acquire();
                thread.journal.submit(batch(thread.journal, records), free::release);
            }
            free.acquire(8);
            double seconds = (System.nanoTime() - start) / 1e9;
            var metrics = thread.journal.metrics();
            System.out.printf(
                    "%-32s %,10.0f records/s %,8.0f batches/s %6.1f MB/s  %.1f batches a sync, longest sync %.1f ms%n",
                    records + " records a batch, " + sync.getClass().getSimpleName(),
                    batches * records / seconds,
                    batches / seconds,
                    metrics.bytes() / seconds / 1e6,
                    (double) batches / metrics.syncs(),
                    metrics.maxSyncNanos() / 1e6);
        }
    }

    private void replay() throws IOException {
        var disk = FolderDisk.at(root.resolve("replay"));
        var batch = new Batch();
        try (var journal = Journal.open(disk, IDENTITY, JournalOptions.DEFAULT, r -> {})) {
            for (int i = 0; i < 1000; i++) {
                fill(batch, 1000);
                journal.write(batch);
                batch.clear();
            }
        }
        for (int i = 0; i < 3; i++) {
            var sum = new long[1];
            long start = System.nanoTime();
            try (var journal = Journal.open(disk, IDENTITY, JournalOptions.DEFAULT, r -> sum[0] += decode(r))) {
                System.out.printf(
                        "replay: %s in %.2f s (sum %d)%n",
                        journal.recovery(), (System.nanoTime() - start) / 1e9, sum[0]);
            }
        }
    }

    private static long decode(ByteReader in) {
        return in.readBytes(in.remaining()).size();
    }

    private static Batch batch(JournalThread journal, int records) {
        var batch = journal.acquire();
        fill(batch, records);
        return batch;
    }

    private static void fill(Batch batch, int records) {
        for (int i = 0; i < records; i++) {
            batch.begin().write(BODY);
            batch.end();
        }
    }

    private Running thread(Sync sync) throws IOException {
        var disk = FolderDisk.at(Files.createTempDirectory(root, "run"));
        var journal = Journal.open(disk, IDENTITY, JournalOptions.DEFAULT.with(sync), r -> {});
        var loop = Executors.newSingleThreadExecutor();
        return new Running(new JournalThread(journal, loop, Throwable::printStackTrace), loop);
    }

    private static final class Running implements AutoCloseable {
        private final JournalThread journal;
        private final ExecutorService loop;
        private volatile long lastNanos;

        Running(JournalThread journal, ExecutorService loop) {
            this.journal = journal;
            this.loop = loop;
        }

        @Override
        public void close() {
            journal.close();
            loop.shutdown();
        }
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%-44s p50 %4.0f us, p99 %5.0f us%n",
                what, nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
