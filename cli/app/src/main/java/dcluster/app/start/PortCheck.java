package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Member;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** Looks whether the ports of members can be had before processes are launched that would fail for want of them. */
public record PortCheck(List<Cluster> others) {
    /**
     * Looks at all ports of a member that does not run.
     *
     * @throws Failure if one is in use, or the member's host is another machine; says what to do
     */
    public void check(Member member) {
        if (!isHere(member.host())) {
            throw new Failure(
                    Exit.RESOURCE,
                    member.host() + ", where " + member.id()
                            + " is to listen, is no address of this machine; all processes"
                            + " are started here, and 'dcluster node' runs one on another machine");
        }
        NewPorts.ports(member)
                .filter(port -> !NewPorts.isFree(member.host(), port))
                .findFirst()
                .ifPresent(port -> {
                    throw new Failure(
                            Exit.RESOURCE,
                            "port " + port + ", the " + use(member, port) + " port of " + member.id()
                                    + ", is in use by " + owner(port)
                                    + "; a new cluster gets others with '--set port=7101', or any that are free with"
                                    + " '--set port=0'");
                });
    }

    private static boolean isHere(String host) {
        var address = new InetSocketAddress(host, 0).getAddress();
        try {
            return address != null
                    && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
        } catch (SocketException e) {
            return false;
        }
    }

    private static String use(Member member, int port) {
        if (port == member.clientPort()) {
            return "client";
        }
        return port == member.peerPort() ? "peer" : "admin";
    }

    private String owner(int port) {
        return others.stream()
                .flatMap(cluster -> owner(cluster, port).stream())
                .findFirst()
                .orElse("another process");
    }

    private static Optional<String> owner(Cluster cluster, int port) {
        return cluster.running().stream()
                .filter(each -> NewPorts.ports(each.member()).anyMatch(own -> own == port))
                .findFirst()
                .map(each -> each.id() + " of the cluster '" + cluster.name() + "' ('dcluster stop -N " + cluster.name()
                        + "' stops it)");
    }
}
