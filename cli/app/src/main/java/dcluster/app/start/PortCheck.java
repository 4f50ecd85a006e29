package dcluster.app.start;

import dcluster.app.process.Cluster;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Member;
import java.util.List;
import java.util.Optional;

/** Looks whether the ports of members can be had before processes are launched that would fail for want of them. */
public record PortCheck(List<Cluster> others) {
    /**
     * Looks at all ports of a member that does not run.
     *
     * @throws Failure if one is in use; says by whom, as far as that is known, and what to do
     */
    public void check(Member member) {
        NewPorts.ports(member)
                .filter(port -> !NewPorts.isFree(member.host(), port))
                .findFirst()
                .ifPresent(port -> {
                    throw new Failure(
                            Exit.RESOURCE,
                            "port " + port + ", the " + use(member, port) + " port of " + member.id()
                                    + ", is in use by "
                                    + owner(port) + "; give this cluster others with '--set port=7101', or any that are"
                                    + " free with '--set port=0'");
                });
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
