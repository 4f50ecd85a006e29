package dcluster.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * What a replica is and holds at one moment. Two replicas of one log that have {@code applied} the same index have the
 * same {@code stateHash}. {@code details} are the algorithm's own figures in the order in which people should see them;
 * each value is a {@code Long}, a {@code Boolean} or a {@code String}; what stands under {@link #UNDER_WAY} people see
 * first. Whoever makes a status hands them over, and changes
 * them no more.
 *
 * @param role the algorithm's word for what this replica does now, as "leader"
 * @param leader whom it follows, or itself; empty if unknown or if the algorithm has no such role
 * @param applied how much of the log this state includes; 0 where there is no log
 */
public record Status(String role, Optional<NodeId> leader, long applied, long stateHash, Map<String, Object> details) {
    /**
     * The detail for work that people wait for, as data that moves to other nodes: a text that tells how far it is. It is
     * there only while there is some.
     */
    public static final String UNDER_WAY = "under way";

    /**
     * The role of a replica that was {@linkplain Context#isWiped wiped} and has not recovered, in every algorithm that can.
     * Who shows another one has recovered, durably.
     */
    public static final String RECOVERING = "recovering";

    public Status {
        details = Collections.unmodifiableMap(details);
    }
}
