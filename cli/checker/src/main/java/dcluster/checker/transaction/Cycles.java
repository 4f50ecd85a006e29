package dcluster.checker.transaction;

import static dcluster.checker.transaction.Relation.RW;
import static dcluster.checker.transaction.Relation.WR;
import static dcluster.checker.transaction.Relation.WW;

import dcluster.checker.graph.Components;
import dcluster.checker.transaction.CycleSearch.Pattern;
import dcluster.checker.transaction.Deadline.OutOfTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds which cycles there are. Whether there are any that a level forbids is told by components, in linear time; only
 * where there are, the shortest of each name is looked for. A {@code -process} form is looked for where the same cycles
 * do not occur without it, a {@code -realtime} form where neither occurs.
 */
final class Cycles {
    /** What cycles may consist of: the fewer, the weaker is the level that forbids them. */
    private enum Kind {
        WRITES,
        INFORMATION,
        SNAPSHOTS,
        ALL;

        Set<Relation> relations() {
            return switch (this) {
                case WRITES -> EnumSet.of(WW);
                case INFORMATION -> EnumSet.of(WW, WR);
                case SNAPSHOTS, ALL -> EnumSet.of(WW, WR, RW);
            };
        }

        /** What every cycle of this kind is, if it is nothing worse. */
        Phenomenon mildest() {
            return switch (this) {
                case WRITES -> Phenomenon.G0;
                case INFORMATION -> Phenomenon.G1C;
                case SNAPSHOTS -> Phenomenon.G_NONADJACENT;
                case ALL -> Phenomenon.G2_ITEM;
            };
        }
    }

    private final Graph graph;
    private final Deadline deadline;
    private final Set<Level> ruledOut;
    private final BiConsumer<Phenomenon, Cycle> found;
    private final Set<Kind> cyclic = EnumSet.noneOf(Kind.class);

    Cycles(Graph graph, Deadline deadline, Set<Level> ruledOut, BiConsumer<Phenomenon, Cycle> found) {
        this.graph = graph;
        this.deadline = deadline;
        this.ruledOut = ruledOut;
        this.found = found;
    }

    /** Looks for all kinds; the levels that are ruled out are told even if a shortest cycle is not found in time. */
    void find() throws OutOfTime {
        find(null);
        find(Relation.PROCESS);
        find(Relation.REALTIME);
    }

    private void find(@Nullable Relation more) throws OutOfTime {
        for (var kind : Kind.values()) {
            if (cyclic.contains(kind)) {
                continue;
            }
            var relations = kind.relations();
            if (more != null) {
                relations.add(more);
            }
            if (relations.contains(RW)) {
                relations.addAll(overwriting(more));
            }
            deadline.require();
            var view = kind == Kind.SNAPSHOTS ? View.split(graph, relations) : View.plain(graph, relations);
            var components = Components.of(view);
            if (components.isCyclic()) {
                cyclic.add(kind);
                // A cycle of a kind is also one of the next, and may have been named already: the level is out anyway.
                ruledOut.addAll(kind.mildest().in(more).rulesOut());
                name(kind, more, relations, new CycleSearch(view, components, deadline));
            }
        }
    }

    /** Why a transaction may be known to come before one that overwrote what it read. */
    private static Set<Relation> overwriting(@Nullable Relation more) {
        if (more == null) {
            return EnumSet.of(RW);
        }
        return more == Relation.PROCESS
                ? EnumSet.of(RW, Relation.RW_PROCESS)
                : EnumSet.of(RW, Relation.RW_PROCESS, Relation.RW_REALTIME);
    }

    private void name(Kind kind, @Nullable Relation more, Set<Relation> relations, CycleSearch search) {
        var steady = EnumSet.copyOf(relations);
        var overwriting = overwriting(more);
        steady.removeAll(overwriting);
        switch (kind) {
            case WRITES -> look(Phenomenon.G0.in(more), search, new Pattern(EnumSet.of(WW), relations, relations));
            case INFORMATION ->
                look(Phenomenon.G1C.in(more), search, new Pattern(EnumSet.of(WR), relations, relations));
            case SNAPSHOTS -> {
                var single = new Pattern(overwriting, steady, steady);
                if (!look(Phenomenon.G_SINGLE.in(more), search, single)) {
                    look(Phenomenon.G_NONADJACENT.in(more), search, new Pattern(overwriting, relations, steady));
                }
            }
            case ALL -> look(Phenomenon.G2_ITEM.in(more), search, new Pattern(overwriting, relations, overwriting));
        }
    }

    private boolean look(Phenomenon name, CycleSearch search, Pattern pattern) {
        var cycle = search.shortest(pattern);
        if (cycle == null) {
            return false;
        }
        found.accept(name, cycle);
        return true;
    }
}
