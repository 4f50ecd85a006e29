package dcluster.runtime.gateway;

import java.io.IOException;

/**
 * A gateway before a node that does nothing, for load generators; run by hand. Prints its port, and what happened once
 * its input ends. Arguments: {@code store} for a node with a store in memory.
 */
final class GatewayServer {
    private GatewayServer() {}

    public static void main(String[] arguments) throws IOException {
        var sink = arguments.length > 0 ? new StoreSink() : new TrivialSink(true);
        try (var rig = new GatewayRig(GatewayRig.anyPort().withMaxConnections(20_000), sink)) {
            System.out.println(rig.port());
            while (System.in.read() >= 0) {
                System.gc();
                var runtime = Runtime.getRuntime();
                long used = runtime.totalMemory() - runtime.freeMemory();
                System.out.println("connections=" + rig.metrics().connections() + " heapBytes=" + used);
            }
            System.out.println(rig.metrics());
        }
    }
}
