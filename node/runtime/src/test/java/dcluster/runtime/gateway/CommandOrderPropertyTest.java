package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines on few keys before a node that answers in random order, sometimes at once. Held against a plain
 * model after each step: exactly those commands are submitted that conflict with no earlier unfinished one, and replies
 * come in the order of the requests.
 */
class CommandOrderPropertyTest {
    private static final int SEEDS = Integer.getInteger("dcluster.order.seeds", 300);

    @Test
    void commandsGoExactlyWhenNoEarlierOneConflicts() {
        runAll(false);
    }

    @Test
    void theSameHoldsWhereTheNodeOrdersWrites() {
        runAll(true);
    }

    private static void runAll(boolean ordersWrites) {
        int waits = 0;
        int answeredAtOnce = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var run = new Run(seed, ordersWrites);
            run.run();
            waits += run.waits;
            answeredAtOnce += run.answeredAtOnce;
        }
        assertThat(waits).as("some had to wait").isPositive();
        assertThat(answeredAtOnce).as("some were answered at once").isPositive();
    }

    private enum State {
        WAITING,
        SUBMITTED,
        ANSWERED
    }

    /** A request as the model knows it; its number stands in its command and in its answer. */
    private static final class Modelled {
        private final List<String> keys;
        private final boolean reads;
        private State state = State.WAITING;

        private Modelled(List<String> keys, boolean reads) {
            this.keys = keys;
            this.reads = reads;
        }

        private boolean holdsUp(Modelled later, boolean ordersWrites) {
            if (state == State.ANSWERED
                    || (reads && later.reads)
                    || keys.stream().noneMatch(later.keys::contains)) {
                return false;
            }
            return reads || later.reads || !ordersWrites || state == State.WAITING;
        }
    }

    private static final class Run implements RoomySink {
        private final int seed;
        private final Random random;
        private final boolean ordersWrites;
        private final List<Modelled> all = new ArrayList<>();
        private final List<Runnable> unanswered = new ArrayList<>();
        private final FakeLoop loop = new FakeLoop();
        private final FakeWire wire = new FakeWire();
        private final StringBuilder heard = new StringBuilder();
        private int waits;
        private int answeredAtOnce;

        private Run(int seed, boolean ordersWrites) {
            this.seed = seed;
            this.ordersWrites = ordersWrites;
            random = new Random(seed);
        }

        private void run() {
            var hub = new Hub(GatewayRig.anyPort(), this, GatewayRig.FACTS, loop);
            var connection = hub.open(wire).orElseThrow();
            int requests = 1 + random.nextInt(40);
            while (all.size() < requests || !unanswered.isEmpty()) {
                if (all.size() < requests && random.nextInt(3) > 0) {
                    say(connection, 1 + random.nextInt(requests - all.size()));
                } else if (!unanswered.isEmpty()) {
                    unanswered.remove(random.nextInt(unanswered.size())).run();
                }
                checkModel();
                loop.run();
                heard.append(wire.takeSent());
            }
            assertThat(heard.toString()).as(name()).isEqualTo(expectedReplies());
        }

        private void say(Connection connection, int count) {
            var bytes = new StringBuilder();
            for (int i = 0; i < count; i++) {
                bytes.append(request());
            }
            // The model knows all of them before the first is submitted, as the connection does not.
            connection.received(Resp.bytes(bytes.toString()));
        }

        private String request() {
            var keys = new ArrayList<String>();
            for (int i = random.nextInt(4) == 0 ? 3 : 1; i > 0; i--) {
                keys.add("k" + random.nextInt(4));
            }
            boolean reads = random.nextBoolean();
            var number = "" + all.size();
            all.add(new Modelled(keys, reads));
            if (keys.size() == 1) {
                return reads ? Resp.array("LRANGE", keys.get(0), number, number) : write(keys.get(0), number);
            }
            var words = new ArrayList<>(List.of(reads ? "MGET" : "MSET"));
            for (var key : keys) {
                words.addAll(reads ? List.of(key) : List.of(key, number));
            }
            words.addAll(reads ? List.of("number" + number) : List.of("number" + number, number));
            return Resp.array(words.toArray(String[]::new));
        }

        private String write(String key, String number) {
            return random.nextBoolean() ? Resp.array("SET", key, number) : Resp.array("MERGE", key, number);
        }

        @Override
        public void submit(Command command, Consumer<Response> whenAnswered) {
            int number = numberOf(command);
            var submitted = all.get(number);
            assertThat(submitted.state).as(name() + " submits once").isEqualTo(State.WAITING);
            assertThat(all.subList(0, number).stream().filter(earlier -> earlier.holdsUp(submitted, ordersWrites)))
                    .as(name() + " submits " + number + " while earlier ones conflict")
                    .isEmpty();
            submitted.state = State.SUBMITTED;
            Runnable answer = () -> {
                submitted.state = State.ANSWERED;
                whenAnswered.accept(new Response.Failed(Response.Reason.UNSUPPORTED, "" + number));
            };
            if (random.nextInt(4) == 0) {
                answeredAtOnce++;
                answer.run();
            } else {
                unanswered.add(answer);
            }
        }

        private static int numberOf(Command command) {
            if (command instanceof Command.ReadList read) {
                return (int) read.from();
            }
            if (command instanceof Command.Put put) {
                return Integer.parseInt(put.value().toUtf8());
            }
            if (command instanceof Command.Merge merge) {
                return Integer.parseInt(merge.context().toUtf8());
            }
            Bytes last = command.keys().get(command.keys().size() - 1);
            return Integer.parseInt(last.toUtf8().substring("number".length()));
        }

        private void checkModel() {
            for (int i = 0; i < all.size(); i++) {
                var one = all.get(i);
                if (one.state == State.WAITING) {
                    waits++;
                    assertThat(all.subList(0, i).stream().anyMatch(earlier -> earlier.holdsUp(one, ordersWrites)))
                            .as(name() + " lets " + i + " wait for a conflict")
                            .isTrue();
                }
            }
        }

        private String expectedReplies() {
            var replies = new StringBuilder();
            for (int i = 0; i < all.size(); i++) {
                replies.append("-ERR ").append(i).append("\r\n");
            }
            return replies.toString();
        }

        private String name() {
            return "seed " + seed + (ordersWrites ? ", writes ordered:" : ":");
        }

        @Override
        public boolean ordersWrites() {
            return ordersWrites;
        }
    }
}
