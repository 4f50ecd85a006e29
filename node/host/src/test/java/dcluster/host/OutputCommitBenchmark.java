package dcluster.host;

import dcluster.codec.Codec;
import dcluster.journal.Batch;
import dcluster.journal.FolderDisk;
import dcluster.journal.Identity;
import dcluster.journal.Journal;
import dcluster.journal.JournalOptions;
import dcluster.journal.JournalThread;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.Store;
import dcluster.unreplicated.UnreplicatedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What output commit and event-sourced state cost: the unreplicated algorithm on its host, against the same path
 * written by hand, which changes its store directly, encodes the command, and answers in the callback of its batch.
 * Both on the same turns, request table and real journal, with closed-loop clients on the loop itself. Run by hand;
 * rounds alternate, the ratio is of neighbours.
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
            double hosted = rate(folder.resolve("hosted" + round), clients, roundNanos, true);
            double plain = rate(folder.resolve("plain" + round), clients, roundNanos, false);
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

    private static double rate(Path folder, int clients, long nanos, boolean hosted) throws Exception {
        var loop = new ThreadLoop();
        var identity = new Identity("bench", N1, "none", 1);
        try (var path = hosted ? new Hosted(loop, folder, identity) : new ByHand(loop, folder, identity)) {
            var load = new Load(path, clients, System.nanoTime() + nanos);
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

    /** One path of a write, driven on the loop. */
    private interface WritePath extends AutoCloseable {
        void submit(Command command, Consumer<Response> whenAnswered);

        @Override
        void close();
    }

    private static final class Hosted implements WritePath {
        private final Host<?, ?, ?> host;
        private final JournalThread thread;

        Hosted(ThreadLoop loop, Path folder, Identity identity) throws Exception {
            AlgorithmProvider<?, ?, ?, ?> provider = new UnreplicatedProvider();
            host = hosted(provider, loop);
            var journal = Journal.open(FolderDisk.at(folder), identity, JournalOptions.DEFAULT, host::replay);
            thread = new JournalThread(journal, loop, ThreadLoop::failed);
            recorder.attach(thread);
            loop.execute(() -> host.start(journal.incarnation()));
        }

        private final JournalRecorder recorder = new JournalRecorder();

        /** The configuration has one component and is the module's own, hence the side door. */
        private static <C extends Record> C defaults(Class<C> type) throws ReflectiveOperationException {
            var constructor = type.getDeclaredConstructor(ByteSize.class);
            constructor.setAccessible(true);
            return constructor.newInstance(new ByteSize(64 << 20));
        }

        private <M, R, T, C extends Record> Host<M, R, T> hosted(
                AlgorithmProvider<M, R, T, C> provider, ThreadLoop loop) throws ReflectiveOperationException {
            var members = new Membership(List.of(new Member(N1, "127.0.0.1", 1, 2, 3, "")), Optional.empty());
            var world = new World<M>(
                    loop, Clocks.SYSTEM, new Random(1), recorder, new NoTransport<>(), (event, details) -> {});
            return new Host<>(
                    HostOptions.DEFAULT, provider, defaults(provider.configType()), new Place<>(N1, members, world));
        }

        @Override
        public void submit(Command command, Consumer<Response> whenAnswered) {
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
     * The same turns and request table, without output commit and replay: correct as well, but by hand in each
     * algorithm.
     */
    private static final class ByHand implements WritePath {
        private record Waiting(long id, Response response) {}

        private final Turns turns;
        private final JournalThread thread;
        private final Store store = new Store();
        private final Capacity capacity = new Capacity(store, Long.MAX_VALUE);
        private final RequestTable requests = new RequestTable();
        private final Codec<Command> codec = Codec.of(Command.class);
        private Batch batch = new Batch();
        private List<Waiting> waiting = new ArrayList<>();

        ByHand(ThreadLoop loop, Path folder, Identity identity) throws Exception {
            turns = new Turns(loop, HostOptions.DEFAULT.turnEvents(), this::turn);
            var journal = Journal.open(FolderDisk.at(folder), identity, JournalOptions.DEFAULT, record -> {});
            thread = new JournalThread(journal, loop, ThreadLoop::failed);
        }

        @Override
        public void submit(Command command, Consumer<Response> whenAnswered) {
            turns.add(() -> write(requests.open(command, whenAnswered, true, System.nanoTime() + 5_000_000_000L)));
        }

        private void write(Request request) {
            codec.encode(request.command(), batch.begin());
            batch.end();
            if (!capacity.reserve(request.command())) {
                requests.answer(request.id(), capacity.full());
                return;
            }
            waiting.add(new Waiting(request.id(), store.apply(request.command())));
            capacity.applied();
        }

        private void turn() {
            turns.deliver();
            if (turns.waiting() > 0) {
                turns.ask();
            }
            if (batch.isEmpty()) {
                return;
            }
            var written = waiting;
            waiting = new ArrayList<>();
            thread.submit(batch, () -> written.forEach(one -> requests.answer(one.id, one.response)));
            batch = thread.acquire();
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    /** Clients that each keep one command outstanding. */
    private static final class Load {
        final CountDownLatch finished = new CountDownLatch(1);
        long completed;
        private final WritePath path;
        private final int clients;
        private final long end;
        private final List<Bytes> keys = new ArrayList<>();
        private final Bytes value = Bytes.copyOf(new byte[100]);
        private final Random random = new Random(7);
        private int running;

        Load(WritePath path, int clients, long end) {
            this.path = path;
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
            path.submit(new Command.Put(keys.get(random.nextInt(KEYS)), value), this::answered);
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
