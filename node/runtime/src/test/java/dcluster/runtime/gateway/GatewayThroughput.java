package dcluster.runtime.gateway;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures what the gateway alone costs: requests a second through parser, table, order and replies on one thread,
 * without a socket, with a node that answers at once or a turn later. Run by hand: arguments are the seconds for each
 * line.
 */
final class GatewayThroughput {
    private static final int BATCH = 500;

    private GatewayThroughput() {}

    public static void main(String[] arguments) {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        var value = "v".repeat(100);
        for (boolean atOnce : new boolean[] {true, false}) {
            for (int round = 0; round < 2; round++) {
                measure("PING", i -> "*1\r\n$4\r\nPING\r\n", atOnce, seconds);
                measure("GET", i -> "*2\r\n$3\r\nGET\r\n$7\r\n" + key(i) + "\r\n", atOnce, seconds);
                measure(
                        "SET",
                        i -> "*3\r\n$3\r\nSET\r\n$7\r\n" + key(i) + "\r\n$100\r\n" + value + "\r\n",
                        atOnce,
                        seconds);
            }
        }
    }

    private interface Requests {
        String at(int index);
    }

    private static String key(int i) {
        return String.format(Locale.ROOT, "key%04d", i);
    }

    private static void measure(String name, Requests requests, boolean atOnce, int seconds) {
        var loop = new FakeLoop();
        var wire = new DiscardingWire();
        var sink = new TrivialSink(atOnce);
        var facts = new NodeFacts("0", id -> Optional.empty(), Map::of);
        var hub = new Hub(GatewayOptions.at("", 0), sink, facts, loop);
        var connection = hub.open(wire).orElseThrow();
        var batch = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
            batch.append(requests.at(i));
        }
        var bytes = Buffer.buffer(batch.toString().getBytes(StandardCharsets.ISO_8859_1));
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        long count = 0;
        while (System.nanoTime() < end) {
            connection.received(bytes.getBytes());
            sink.answerAll();
            loop.run();
            count += BATCH;
        }
        double rate = count * 1e9 / (System.nanoTime() - start);
        System.out.printf(
                Locale.ROOT, "%-5s %s %,.0f requests/s%n", name, atOnce ? "answered at once" : "answered later", rate);
    }
}
