package dcluster.spi;

/**
 * A process of the cluster and where it is reached: {@code clientPort} speaks RESP, {@code peerPort} carries messages,
 * {@code adminPort} speaks HTTP. {@code zone} is the name of a place, empty if none was given.
 */
public record Member(NodeId id, String host, int clientPort, int peerPort, int adminPort, String zone) {
    public Member {
        checkPort(clientPort);
        checkPort(peerPort);
        checkPort(adminPort);
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is from 1 to 65535: " + port);
        }
    }
}
