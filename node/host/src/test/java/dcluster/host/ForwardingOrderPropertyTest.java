package dcluster.host;

import static dcluster.host.FakeWorld.N2;
import static dcluster.host.FakeWorld.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Probe.Message;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The writes that one client pipelines through a node, under any order of events. */
class ForwardingOrderPropertyTest {
    private static final Response OK = new Response.Ok(new Result.Applied(true));

    /**
     * Forwards and answers wait as long as they like, leaders come and go and come back, and whoever receives a write
     * carries it out: no two writes that succeed are in the wrong order, and none succeeds while an earlier one that
     * takes effect after it is unanswered.
     */
    @Test
    void inAnyOrderOfEventsWritesTakeEffectInTheirOrderOrEndAsUnknown() {
        int inversions = 0;
        int successes = 0;
        for (long seed = 1; seed <= 200; seed++) {
            var run = new Run(seed);
            run.run();
            inversions += run.check();
            successes += run.successes();
        }
        assertThat(inversions).as("writes that took effect late").isGreaterThan(100);
        assertThat(successes).as("writes that succeeded").isGreaterThan(500);
    }

    private static final class Run {
        private record Ending(Response response, int time) {}

        private final long seed;
        private final Random random;
        private final HostRig rig = new HostRig(HostOptions.DEFAULT);
        private final Map<Integer, Ending> endings = new HashMap<>();
        private final Map<Integer, Integer> effects = new HashMap<>();
        private final Map<NodeId, ArrayDeque<Envelope.Forward<Message>>> travelling = new HashMap<>();
        private final Map<NodeId, ArrayDeque<Long>> answered = new HashMap<>();
        private final ArrayDeque<Request> taken = new ArrayDeque<>();
        private final @Nullable NodeId[] places = {null, N2, N3};
        private @Nullable NodeId leader = N2;
        private int collected;
        private int time;
        private int last;

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
            for (var node : List.of(N2, N3)) {
                travelling.put(node, new ArrayDeque<>());
                answered.put(node, new ArrayDeque<>());
            }
            rig.probe.whenAsked = this::asked;
        }

        private void asked(Request request) {
            if (leader == null) {
                taken.add(request);
            } else if (random.nextBoolean()) {
                rig.probe.context.eagerly().reply(request, new Response.Redirect(leader));
            } else {
                rig.probe.context.journal(new Probe.Noted("before"));
                rig.probe.context.reply(request, new Response.Redirect(leader));
            }
        }

        void run() {
            for (int step = 0; step < 100; step++) {
                time++;
                step(random.nextInt(16));
                rig.world.loop.run();
                collect();
            }
        }

        private void step(int kind) {
            var node = random.nextBoolean() ? N2 : N3;
            switch (kind) {
                case 0 -> elect(places[random.nextInt(3)]);
                case 1, 2 -> carryOutHere();
                case 3, 4, 5, 6 -> carryOut(node);
                case 7, 8, 9, 10 -> answer(node);
                case 11 -> rig.world.recorder.durable();
                default -> submit();
            }
        }

        private void submit() {
            int number = ++last;
            var command = new Command.Put(Bytes.utf8("k"), Bytes.utf8("" + number));
            rig.host.submit(command, response -> endings.put(number, new Ending(response, time++)));
        }

        /** A leader that steps down says of what it has taken that it does not know. */
        private void elect(@Nullable NodeId next) {
            leader = next;
            if (next != null) {
                taken.forEach(
                        request -> rig.probe.context.eagerly().reply(request, new Response.Unknown("it stepped down")));
                taken.clear();
            }
        }

        private void carryOutHere() {
            var request = taken.poll();
            if (request != null) {
                effects.put(number(request.command()), time++);
                rig.probe.context.eagerly().reply(request, OK);
            }
        }

        private void carryOut(NodeId node) {
            var forward = queue(travelling, node).poll();
            if (forward != null) {
                effects.put(number(forward.command()), time);
                queue(answered, node).add(forward.id());
            }
        }

        private void answer(NodeId node) {
            var id = queue(answered, node).poll();
            if (id != null) {
                rig.host.receive(node, new Envelope.Answer<>(3, id, OK));
            }
        }

        private void collect() {
            var sent = rig.world.transport.sent;
            for (; collected < sent.size(); collected++) {
                var next = sent.get(collected);
                queue(travelling, next.to()).add((Envelope.Forward<Message>) next.envelope());
            }
        }

        private static <T> ArrayDeque<T> queue(Map<NodeId, ArrayDeque<T>> queues, NodeId node) {
            return Objects.requireNonNull(queues.get(node));
        }

        private static int number(Command command) {
            return Integer.parseInt(((Command.Put) command).value().toUtf8());
        }

        int successes() {
            return (int) endings.values().stream()
                    .filter(ending -> ending.response().equals(OK))
                    .count();
        }

        /** How many writes took effect after a later one that succeeded. */
        int check() {
            int inversions = 0;
            for (int later = 2; later <= last; later++) {
                var ending = endings.get(later);
                if (ending == null || !ending.response().equals(OK)) {
                    continue;
                }
                for (int earlier = 1; earlier < later; earlier++) {
                    if (effects.getOrDefault(earlier, 0) > effects.getOrDefault(later, 0)) {
                        inversions++;
                        requireUnknownBefore(earlier, ending.time());
                    }
                }
            }
            return inversions;
        }

        private void requireUnknownBefore(int earlier, int time) {
            var ending = endings.getOrDefault(earlier, new Ending(OK, Integer.MAX_VALUE));
            assertThat(ending.response()).as("seed %d: write %d", seed, earlier).isInstanceOf(Response.Unknown.class);
            assertThat(ending.time())
                    .as("seed %d: when write %d ended as unknown", seed, earlier)
                    .isLessThan(time);
        }
    }
}
