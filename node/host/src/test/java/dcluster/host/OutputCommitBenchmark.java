package dcluster.host;

import dcluster.codec.Codec;
import dcluster.journal.Batch;
import dcluster.journal.FolderDisk;
import dcluster.journal.Identity;
import dcluster.journal.Journal;
import dcluster.journal.JournalOptions;
import dcluster.journal.JournalThread;
import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Nothing;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Status;
import dcluster.spi.Traits;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.Store;
import dcluster.unreplicated.UnreplicatedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What output commit and event-sourced state cost: the unreplicated algorithm against the same one without them, which
 * changes its store directly, encodes its commands, and answers in the callback of its batch. Both on the same host and
 * real journal, with closed-loop clients on the loop itself. Run by hand; rounds alternate, the ratio is of neighbours.
 *
 * <p>Arguments: folder, clients, seconds a round, rounds.
 */
final class OutputCommitBenchmark {
    private static final int KEYS = 1_000;
    private static final NodeId N1 = new NodeId("n1");

    private OutputCommitBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        int clients = Integer.parseInt(arguments[1]);
        long roundNanos = (long) (Double.parseDouble(arguments[2]) * 1e9);
        int rounds = Integer.parseInt(arguments[3]);
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < rounds + 2; round++) {
            double hosted = rate(folder.resolve("hosted" + round), clients, roundNanos, false);
            double plain = rate(folder.resolve("plain" + round), clients, roundNanos, true);
            boolean warm = round >= 2;
            System.out.printf(
                    "%s clients=%d hosted=%.0f/s by-hand=%.0f/s ratio=%.3f%n",
                    warm ? "round" : "warm-up", clients, hosted, plain, hosted / plain);
            if (warm) {
                ratios.add(hosted / plain);
            }
        }
        double[] sorted = ratios.stream().mapToDouble(d -> d).sorted().toArray();
        System.out.printf("median ratio=%.3f of %s%n", sorted[sorted.length / 2], Arrays.toString(sorted));
    }

    private static double rate(Path folder, int clients, long nanos, boolean byHand) throws Exception {
        var loop = new ThreadLoop();
        try (var node = new Node(loop, folder, byHand)) {
            var load = new Load(node, clients, System.nanoTime() + nanos);
            loop.execute(load::start);
            load.finished.await();
            return load.completed / (nanos / 1e9);
        } finally {
            loop.stop();
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A node without peers: a host on a real journal. */
    private static final class Node implements AutoCloseable {
        private final JournalRecorder recorder = new JournalRecorder();
        private final Host<?, ?, ?> host;
        private final JournalThread thread;

        Node(ThreadLoop loop, Path folder, boolean byHand) throws Exception {
            AlgorithmProvider<?, ?, ?, ?> provider = byHand ? new ByHandProvider(recorder) : new UnreplicatedProvider();
            host = host(provider, loop);
            var identity = new Identity("bench", N1, provider.name(), 1);
            var journal = Journal.open(FolderDisk.at(folder), identity, JournalOptions.DEFAULT, host::replay);
            thread = new JournalThread(journal, loop, ThreadLoop::failed);
            recorder.attach(thread);
            loop.execute(() -> host.start(journal.incarnation(), false));
        }

        private <M, R, T, C extends Record> Host<M, R, T> host(AlgorithmProvider<M, R, T, C> provider, ThreadLoop loop)
                throws ReflectiveOperationException {
            var members = new Membership(List.of(new Member(N1, "127.0.0.1", 1, 2, 3, "")), Optional.empty());
            var world = new World<M>(
                    loop, Clocks.SYSTEM, new Random(1), recorder, new NoTransport<>(), (event, details) -> {});
            return new Host<>(
                    HostOptions.DEFAULT, provider, options(provider.configType()), new Place<>(N1, members, world));
        }

        /** Never compacts. The configuration of the unreplicated algorithm is its module's own, hence the side door. */
        private static <C extends Record> C options(Class<C> type) throws ReflectiveOperationException {
            var constructor = type.getDeclaredConstructor(ByteSize.class);
            constructor.setAccessible(true);
            return constructor.newInstance(new ByteSize(1L << 50));
        }

        void submit(Command command, Consumer<Response> whenAnswered) {
            host.submit(command, whenAnswered);
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    private static final class NoTransport<M> implements Transport<M> {
        @Override
        public boolean send(NodeId to, Envelope<M> envelope) {
            return false;
        }

        @Override
        public void flush() {}
    }

    /**
     * The unreplicated algorithm without output commit and without replay: it changes its store directly, writes its
     * own batches, and answers eagerly in the callback of each. As correct, but by hand in each algorithm.
     */
    private static final class ByHand implements Algorithm<Nothing, Command, Nothing> {
        private record Answered(Request request, Response response) {}

        private final Context<Nothing, Command, Nothing> context;
        private final Recorder recorder;
        private final Codec<Command> codec = Codec.of(Command.class);
        private final Store store = new Store();
        private final Capacity capacity = new Capacity(store, Long.MAX_VALUE);
        private Batch batch = new Batch();
        private List<Answered> waiting = new ArrayList<>();

        ByHand(Context<Nothing, Command, Nothing> context, Recorder recorder) {
            this.context = context;
            this.recorder = recorder;
        }

        @Override
        public void onRequest(Request request) {
            var command = request.command();
            if (!capacity.reserve(command)) {
                context.eagerly().reply(request, capacity.full()); // nothing was done
                return;
            }
            codec.encode(command, batch.begin());
            batch.end();
            waiting.add(new Answered(request, store.apply(command)));
            capacity.applied();
        }

        @Override
        public void endTurn() {
            if (batch.isEmpty()) {
                return;
            }
            var written = waiting;
            waiting = new ArrayList<>();
            recorder.submit(
                    batch,
                    // By then it is durable.
                    () -> written.forEach(one -> context.eagerly().reply(one.request, one.response)));
            batch = recorder.acquire();
        }

        @Override
        public void replay(Command record) {
            throw new IllegalStateException("a round begins with an empty folder");
        }

        @Override
        public void start() {}

        @Override
        public void onMessage(NodeId from, Nothing message) {}

        @Override
        public void onTimer(Nothing timer) {}

        @Override
        public Status status() {
            return new Status("single", Optional.empty(), 0, store.hash(), new LinkedHashMap<>());
        }
    }

    /** Gives the algorithm the disk, past its context. */
    private record ByHandProvider(Recorder recorder)
            implements AlgorithmProvider<Nothing, Command, Nothing, ByHandProvider.Options> {
        private record Options(ByteSize compactAbove) {}

        @Override
        public String name() {
            return "by-hand";
        }

        @Override
        public String summary() {
            return "One node without output commit.";
        }

        @Override
        public Class<Options> configType() {
            return Options.class;
        }

        @Override
        public Class<Nothing> messageType() {
            return Nothing.class;
        }

        @Override
        public Class<Command> recordType() {
            return Command.class;
        }

        @Override
        public Algorithm<Nothing, Command, Nothing> create(
                Options options, Context<Nothing, Command, Nothing> context) {
            return new ByHand(context, recorder);
        }

        @Override
        public Traits traits(Options options) {
            return new Traits(
                    Traits.Consistency.STRICT_SERIALIZABLE,
                    "a crash",
                    Store.UNSERVED,
                    Set.of(Traits.Property.ORDERS_WRITES),
                    List.of());
        }
    }

    /** Clients that each keep one command outstanding. */
    private static final class Load {
        final CountDownLatch finished = new CountDownLatch(1);
        long completed;
        private final Node node;
        private final int clients;
        private final long end;
        private final List<Bytes> keys = new ArrayList<>();
        private final Bytes value = Bytes.copyOf(new byte[100]);
        private final Random random = new Random(7);
        private int running;

        Load(Node node, int clients, long end) {
            this.node = node;
            this.clients = clients;
            this.end = end;
            for (int i = 0; i < KEYS; i++) {
                keys.add(Bytes.utf8("key" + i));
            }
        }

        void start() {
            running = clients;
            for (int i = 0; i < clients; i++) {
                next();
            }
        }

        private void next() {
            node.submit(new Command.Put(keys.get(random.nextInt(KEYS)), value), this::answered);
        }

        private void answered(Response response) {
            if (!(response instanceof Response.Ok)) {
                throw new IllegalStateException("not written: " + response);
            }
            if (System.nanoTime() - end < 0) {
                completed++;
                next();
            } else if (--running == 0) {
                finished.countDown();
            }
        }
    }

    /** One thread and its tasks. */
    private static final class ThreadLoop implements Loop {
        private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final Thread thread = new Thread(this::run, "loop");
        private volatile boolean stopped;

        ThreadLoop() {
            thread.start();
        }

        static void failed(Throwable failure) {
            throw new IllegalStateException(failure);
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            if (Thread.currentThread() != thread) {
                LockSupport.unpark(thread);
            }
        }

        /** Requests never run out here: nothing is late enough to need a timer. */
        @Override
        public void schedule(long delayNanos, Runnable task) {}

        private void run() {
            while (!stopped) {
                var task = tasks.poll();
                if (task == null) {
                    LockSupport.park();
                } else {
                    task.run();
                }
            }
        }

        void stop() {
            stopped = true;
            LockSupport.unpark(thread);
        }
    }
}
