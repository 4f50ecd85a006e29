package dcluster.checker.verdict;

import dcluster.checker.availability.Demand;
import dcluster.checker.convergence.Settling;
import dcluster.checker.staleness.Bound;
import java.util.List;

/**
 * What a store is held to where its model alone does not say.
 *
 * @param settling when, after a heal, nodes have to agree
 * @param staleness how far behind a read may be
 * @param service how clients have to be served, by all nodes together; if there is nothing, it is only measured
 */
public record Demands(Settling settling, Bound staleness, List<Demand> service) {
    /** To agree at once, never to be behind, and no demand on the service. */
    public static final Demands USUAL = new Demands(Settling.AT_ONCE, new Bound.Versions(0), List.of());

    public Demands {
        service = List.copyOf(service);
    }
}
