package dcluster.lab.simulation;

import dcluster.simulation.Plan;
import dcluster.simulation.Population;
import dcluster.simulation.Selection;

/**
 * All that makes a run, beside the algorithm: the same schedule makes the same run. Each of its parts can be left out
 * without a change in what is drawn for the others.
 *
 * @param nodes how many the cluster has; a coordinator is beyond them
 * @param inMiniature whether its bounds are such that a short life meets them
 * @param questions which of those that clients draw are asked
 * @param end the moment at which the run is cut off and what clients saw by then is judged; {@link #NEVER} if it is to
 *     be lived to its end
 */
public record Schedule(Terms terms, int nodes, boolean inMiniature, Plan plan, Selection<Asked> questions, long end) {
    /** Lived to its end. */
    public static final long NEVER = Long.MAX_VALUE;

    public Schedule {
        // It lasts as long as its plan, which may be made shorter.
        terms = new Terms(plan.nanos(), terms.clients(), terms.rate(), terms.patience(), terms.keys());
    }

    /** A run in which nothing is left out. */
    public Schedule(Terms terms, int nodes, boolean inMiniature, Plan plan) {
        this(terms, nodes, inMiniature, plan, Selection.all(), NEVER);
    }

    /** The same with so many nodes. */
    public Schedule ofNodes(int count) {
        return new Schedule(terms, count, inMiniature, plan, questions, end);
    }

    /** The same under another plan. */
    public Schedule under(Plan other) {
        return new Schedule(terms, nodes, inMiniature, other, questions, end);
    }

    /** The same with other questions. */
    public Schedule asking(Selection<Asked> others) {
        return new Schedule(terms, nodes, inMiniature, plan, others, end);
    }

    /** The same, cut off at that moment. */
    public Schedule until(long moment) {
        return new Schedule(terms, nodes, inMiniature, plan, questions, moment);
    }

    /**
     * Who lives it: of a cluster that is not in miniature and has at least as many nodes.
     *
     * @throws IllegalArgumentException if the algorithm does not run on so few nodes
     */
    public Population<?, ?, ?, ?> of(Population<?, ?, ?, ?> whole) {
        var population = whole.members().nodes().size() == nodes ? whole : whole.ofNodes(nodes);
        return inMiniature ? population.inMiniature() : population;
    }
}
