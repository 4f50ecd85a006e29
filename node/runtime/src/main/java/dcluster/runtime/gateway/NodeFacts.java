package dcluster.runtime.gateway;

import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a gateway tells its clients of the node around it. All three are used on the loop.
 *
 * @param version of dcluster, for HELLO and INFO
 * @param members where a redirect leads; empty for a node that nobody knows
 * @param facts lines of INFO's section "node", in the map's order: keys without blanks or colons, values without line
 *     ends
 */
public record NodeFacts(
        String version, Function<NodeId, Optional<Member>> members, Supplier<Map<String, String>> facts) {}
