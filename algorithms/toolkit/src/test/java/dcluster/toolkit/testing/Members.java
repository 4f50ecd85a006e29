package dcluster.toolkit.testing;

import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.util.Optional;
import java.util.stream.IntStream;

/** Members of clusters that run nowhere. */
public final class Members {
    private Members() {}

    /** Nodes {@code n1} to {@code n<count>} without a coordinator. */
    public static Membership of(int count) {
        var nodes = IntStream.rangeClosed(1, count)
                .mapToObj(i -> member("n" + i, 7000 + i))
                .toList();
        return new Membership(nodes, Optional.empty());
    }

    /** One on the loopback address with ports by the convention. */
    public static Member member(String name, int clientPort) {
        return new Member(new NodeId(name), "127.0.0.1", clientPort, clientPort + 10_000, clientPort + 20_000, "");
    }
}
