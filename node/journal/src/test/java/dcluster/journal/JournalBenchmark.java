package dcluster.journal;

import dcluster.codec.ByteReader;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
    private static final Bytes BODY = Bytes.utf8("v".repeat(122)); // 130 bytes with the frame's header
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
                    benchmark.threadLatency("Always", JournalOptions.DEFAULT, pauseMicros);
                    benchmark.threadLatency("Always, witness", benchmark.witnessed(), pauseMicros);
                    benchmark.threadLatency("Never", JournalOptions.DEFAULT.with(new Sync.Never()), pauseMicros);
                }
                for (int records : new int[] {1, 16, 64, 256}) {
                    benchmark.throughput(records, JournalOptions.DEFAULT);
                }
                benchmark.throughput(64, JournalOptions.DEFAULT.with(new Sync.Never()));
                for (int mebibytes : new int[] {16, 32, 64}) {
                    benchmark.throughput(64, new JournalOptions(mebibytes << 20, new Sync.Always()));
                }
            }
            benchmark.opening();
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
            for (int i = 0; i < 162; i++) {
                bytes.put((byte) (i + 1));
            }
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
    private void threadLatency(String what, JournalOptions options, int pauseMicros) throws Exception {
        var nanos = new long[4000];
        try (var thread = thread(options)) {
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
        print("submit -> callback, " + what + ", pause " + pauseMicros + " us", nanos);
    }

    /** With a witness that overwrites a position of 19 digits in place, as a node's does. */
    private JournalOptions witnessed() throws IOException {
        var file = FolderDisk.at(root).create("witness");
        byte[] digits = "0".repeat(19).getBytes(StandardCharsets.US_ASCII);
        return JournalOptions.DEFAULT.with(new Witness() {
            @Override
            public Past past() {
                return Past.NONE;
            }

            @Override
            public boolean isWiped() {
                return false;
            }

            @Override
            public void wiped() {}

            @Override
            public void opened(Past now) throws IOException {
                reached(now.position());
                file.force();
            }

            @Override
            public void reached(long position) throws IOException {
                digits[18] = (byte) ('0' + position % 10);
                file.write(ByteBuffer.wrap(digits), 200);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        });
    }

    /** Eight batches under way at a time. */
    private void throughput(int records, JournalOptions options) throws Exception {
        int batches = 8000;
        var nanos = new long[batches];
        try (var thread = thread(options)) {
            var free = new Semaphore(8);
            long start = System.nanoTime();
            for (int i = 0; i < batches; i++) {
                free.acquire();
                int batch = i;
                nanos[batch] = System.nanoTime();
                thread.journal.submit(batch(thread.journal, records), () -> {
                    nanos[batch] = System.nanoTime() - nanos[batch];
                    free.release();
                });
            }
            free.acquire(8);
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(nanos);
            System.out.printf(
                    "%-40s %,10.0f records/s %,7.0f batches/s %5.1f MB/s, %4.1f a sync, p99 %5.1f max %5.1f ms%n",
                    records + " records a batch, " + options.sync().getClass().getSimpleName() + ", "
                            + (options.segmentBytes() >> 20) + " MiB",
                    batches * records / seconds,
                    batches / seconds,
                    thread.journal.metrics().bytes() / seconds / 1e6,
                    (double) batches / thread.journal.metrics().syncs(),
                    nanos[batches * 99 / 100] / 1e6,
                    nanos[batches - 1] / 1e6);
        }
    }

    private void opening() throws IOException {
        var nanos = new long[20];
        for (int i = 0; i < nanos.length; i++) {
            var disk = FolderDisk.at(root.resolve("open" + i));
            long start = System.nanoTime();
            var journal = Journal.open(disk, IDENTITY, JournalOptions.DEFAULT, r -> {});
            nanos[i] = System.nanoTime() - start;
            journal.close();
        }
        print("opening a new folder", nanos);
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

    private Running thread(JournalOptions options) throws IOException {
        var disk = FolderDisk.at(Files.createTempDirectory(root, "run"));
        var journal = Journal.open(disk, IDENTITY, options, r -> {});
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
