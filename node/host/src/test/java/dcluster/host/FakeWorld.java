package dcluster.host;

import dcluster.journal.Batch;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** A world that a test moves by hand: its loop, clock, disk and network do nothing by themselves. */
final class FakeWorld<M> {
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");

    record Sent<M>(NodeId to, Envelope<M> envelope) {}

    final FakeLoop loop = new FakeLoop();
    final FakeRecorder recorder = new FakeRecorder();
    final FakeTransport transport = new FakeTransport();
    final List<String> notes = new ArrayList<>();

    Place<M> place() {
        var world = new World<>(
                loop,
                loop,
                new Random(1),
                recorder,
                transport,
                (event, details) -> notes.add(event + List.of(details)));
        return new Place<>(N1, members(), world);
    }

    static Membership members() {
        return new Membership(List.of(member(N1, 1), member(N2, 2), member(N3, 3)), Optional.empty());
    }

    private static Member member(NodeId id, int port) {
        return new Member(id, "127.0.0.1", port, 10000 + port, 20000 + port, "");
    }

    static final class FakeLoop implements Loop, Clocks {
        private record Scheduled(long at, Runnable task) {}

        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private final PriorityQueue<Scheduled> scheduled = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        long now = 1_000;
        long wall = 77;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void schedule(long delayNanos, Runnable task) {
            scheduled.add(new Scheduled(now + delayNanos, task));
        }

        /** Runs one task, which is one turn where a turn was asked for. */
        void runOne() {
            tasks.remove().run();
        }

        void run() {
            while (!tasks.isEmpty()) {
                runOne();
            }
        }

        void advance(long nanos) {
            long until = now + nanos;
            run();
            while (!scheduled.isEmpty() && scheduled.peek().at <= until) {
                var next = scheduled.remove();
                now = Math.max(now, next.at);
                next.task.run();
                run();
            }
            now = until;
        }

        boolean idle() {
            return tasks.isEmpty();
        }

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public long wallNanos() {
            return wall;
        }
    }

    /** Keeps what it is given until the test says that it is durable. */
    static final class FakeRecorder implements Recorder {
        final List<Integer> writes = new ArrayList<>();
        final List<Integer> pieces = new ArrayList<>();
        final List<String> log = new ArrayList<>();
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private final ArrayDeque<Runnable> rewriting = new ArrayDeque<>();
        private Runnable abandonment = () -> {};
        long bytes;

        @Override
        public Batch acquire() {
            return new Batch();
        }

        @Override
        public void submit(Batch batch, Runnable whenDurable) {
            writes.add(batch.records());
            log.add("write " + batch.records());
            bytes += batch.bytes();
            waiting.add(whenDurable);
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void beginRewrite(Runnable whenAbandoned) {
            log.add("begin");
            abandonment = whenAbandoned;
        }

        @Override
        public void submitState(Batch piece, Runnable whenWritten) {
            pieces.add(piece.records());
            log.add("state " + piece.records());
            rewriting.add(whenWritten);
        }

        @Override
        public void finishRewrite(Runnable whenDone) {
            log.add("finish");
            rewriting.add(whenDone);
        }

        void durable() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }

        /** The disk has no room for the rewriting that is under way. */
        void abandon() {
            rewriting.clear();
            abandonment.run();
        }

        void rewritten() {
            rewriting.remove().run();
        }
    }

    final class FakeTransport implements Transport<M> {
        final List<Sent<M>> sent = new ArrayList<>();
        final Set<NodeId> unreachable = new HashSet<>();
        Predicate<Envelope<M>> tooLarge = envelope -> false;
        int flushes;

        @Override
        public boolean send(NodeId to, Envelope<M> envelope) {
            if (unreachable.contains(to) || tooLarge.test(envelope)) {
                return false;
            }
            sent.add(new Sent<>(to, envelope));
            return true;
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}
