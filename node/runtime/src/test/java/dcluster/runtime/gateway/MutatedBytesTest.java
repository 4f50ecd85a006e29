package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dcluster.host.CommandSink;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Valid pipelines with a few bytes changed, lost, doubled or cut off, in random pieces: whatever they are, the client
 * gets well-formed replies, and where it cannot go on an error and the end. {@code -Ddcluster.fuzz.frames=1000000} is a
 * campaign.
 */
class MutatedBytesTest {
    private static final int FRAMES = Integer.getInteger("dcluster.fuzz.frames", 5_000);
    private static final String[] REQUESTS = {
        Resp.command("SET key value"),
        Resp.command("GET key"),
        Resp.command("MSET a 1 b 2 c 3"),
        Resp.command("MGET a b c key"),
        Resp.command("INCRBY a 5"),
        Resp.command("RPUSH list x y z"),
        Resp.command("LRANGE list 0 -1"),
        Resp.command("CAS key value other"),
        Resp.command("DEL a b"),
        Resp.command("SET key other"),
        Resp.command("SIBLINGS key"),
        Resp.command("MERGE key upto1 merged"),
        Resp.command("MERGE key upto2"),
        Resp.command("HELLO 2"),
        Resp.command("CLIENT SETNAME fuzz"),
        Resp.command("CONFIG GET save"),
        Resp.array("ECHO", "\r\n$3\r\n*1\r\n"),
        "PING\r\n",
        "SET \"quoted \\x41\" 'single'\r\n",
    };

    private int siblingsTold;

    @Test
    void mutatedBytesAreAnsweredOrEndTheConnection() {
        int protocolErrors = 0;
        int survivors = 0;
        for (int seed = 0; seed < FRAMES; seed++) {
            var random = new Random(seed);
            var bytes = mutated(random, stream(random));
            var node = seed % 2 == 0 ? new StoreSink() : new SiblingSink();
            try {
                if (endsTheConnection(node, random, bytes)) {
                    protocolErrors++;
                } else {
                    survivors++;
                }
            } catch (RuntimeException | AssertionError problem) {
                fail("seed " + seed + " bytes " + Resp.text(bytes), problem);
            }
        }
        assertThat(protocolErrors).as("streams that were no requests any more").isPositive();
        assertThat(survivors).as("streams that still were").isPositive();
        assertThat(siblingsTold).as("keys that came to hold several values").isPositive();
    }

    private boolean endsTheConnection(CommandSink node, Random random, byte[] bytes) {
        var loop = new FakeLoop();
        var wire = new FakeWire();
        var hub = new Hub(GatewayRig.anyPort(), node, GatewayRig.FACTS, loop);
        var connection = hub.open(wire).orElseThrow();
        wire.onClose(connection::closed);
        for (int from = 0; from < bytes.length && !wire.isClosed(); ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(50));
            connection.received(Arrays.copyOfRange(bytes, from, to));
            loop.run();
            from = to;
        }
        var replies = new Replies(wire.takeSent());
        String last = "";
        while (replies.hasNext()) {
            last = replies.next();
            siblingsTold += last.contains("-SIBLINGS ") ? 1 : 0;
        }
        assertThat(hub.metrics().heldBytes()).isLessThanOrEqualTo(2L * bytes.length + 64 * 16);
        if (!wire.isClosed()) {
            return false;
        }
        assertThat(last).as("the last reply").matches("(?s)(-ERR Protocol error: |-ERR this is no web server|\\+OK).*");
        assertThat(hub.metrics().connections()).isZero();
        assertThat(hub.metrics().heldBytes()).isZero();
        return true;
    }

    private static byte[] stream(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(REQUESTS[random.nextInt(REQUESTS.length)]);
        }
        return Resp.bytes(text.toString());
    }

    private static byte[] mutated(Random random, byte[] valid) {
        byte[] bytes = valid;
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(4));
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, at, text(bytes, at, length), at);
                case 1 -> spliced(bytes, at, "", at + length);
                case 2 -> spliced(bytes, at, "", bytes.length);
                case 3 -> spliced(bytes, at, "" + (char) ((bytes[at] & 0xff) ^ (1 << random.nextInt(8))), at + 1);
                default -> spliced(bytes, at, "" + "*$\r\n-0919'\"".charAt(random.nextInt(11)), at);
            };
        }
        return bytes;
    }

    /** The bytes up to one place, something else, and the bytes from another place on. */
    private static byte[] spliced(byte[] bytes, int to, String between, int from) {
        return Resp.bytes(text(bytes, 0, to) + between + text(bytes, from, bytes.length - from));
    }

    private static String text(byte[] bytes, int from, int length) {
        return Resp.text(Arrays.copyOfRange(bytes, from, from + length));
    }
}
