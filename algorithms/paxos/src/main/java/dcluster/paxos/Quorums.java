package dcluster.paxos;

import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which acceptors are enough (Howard, Malkhi and Spiegelman 2016, Flexible Paxos): every quorum of phase 1 must share an
 * acceptor with every quorum of phase 2, and nothing more is needed for safety.
 */
sealed interface Quorums {
    /** Whether these acceptors include a quorum of phase 1, among all of them. */
    boolean isPhase1(Set<NodeId> some, List<NodeId> all);

    /** Whether these acceptors include a quorum of phase 2, among all of them. */
    boolean isPhase2(Set<NodeId> some, List<NodeId> all);

    /**
     * Refuses acceptors among which a quorum of either phase could miss one of the other.
     *
     * @throws IllegalArgumentException with what is wrong; it names two such quorums
     */
    void check(List<NodeId> all);

    /** More than half of the acceptors, in both phases. */
    record Majority() implements Quorums {
        @Override
        public String toString() {
            return "majority";
        }

        @Override
        public boolean isPhase1(Set<NodeId> some, List<NodeId> all) {
            return some.size() >= dcluster.toolkit.Quorums.majority(all.size());
        }

        @Override
        public boolean isPhase2(Set<NodeId> some, List<NodeId> all) {
            return isPhase1(some, all);
        }

        @Override
        public void check(List<NodeId> all) {
            // Any two majorities share an acceptor.
        }
    }

    /** So many acceptors in phase 1, and so many in phase 2; together more than there are. */
    record Flexible(int phase1, int phase2) implements Quorums {
        public Flexible {
            if (phase1 < 1 || phase2 < 1) {
                throw new IllegalArgumentException(
                        "a quorum has at least one acceptor: {phase-1: " + phase1 + ", phase-2: " + phase2 + "}");
            }
        }

        /** As a cluster file says it. */
        @Override
        public String toString() {
            return "{phase-1: " + phase1 + ", phase-2: " + phase2 + "}";
        }

        @Override
        public boolean isPhase1(Set<NodeId> some, List<NodeId> all) {
            return some.size() >= phase1;
        }

        @Override
        public boolean isPhase2(Set<NodeId> some, List<NodeId> all) {
            return some.size() >= phase2;
        }

        @Override
        public void check(List<NodeId> all) {
            int nodes = all.size();
            if (phase1 > nodes || phase2 > nodes) {
                throw new IllegalArgumentException(
                        "quorums " + this + " take more acceptors than the " + nodes + " that there are");
            }
            if (phase1 + phase2 <= nodes) {
                throw new IllegalArgumentException("quorums " + this
                        + " could miss each other among " + nodes + " nodes: a leader could be promised by "
                        + all.subList(0, phase1) + " without hearing what was accepted by "
                        + all.subList(nodes - phase2, nodes) + "; together they must be more than " + nodes
                        + ", such as {phase-1: " + (nodes + 1 - phase2) + ", phase-2: " + phase2 + "}");
            }
        }
    }

    /**
     * The acceptors stand in rows and columns, in the order of their names: phase 1 takes a whole row, and phase 2 a whole
     * column, which is no longer.
     */
    record Grid() implements Quorums {
        @Override
        public String toString() {
            return "grid";
        }

        @Override
        public boolean isPhase1(Set<NodeId> some, List<NodeId> all) {
            return lines(all, rows(all), true).stream().anyMatch(some::containsAll);
        }

        @Override
        public boolean isPhase2(Set<NodeId> some, List<NodeId> all) {
            return lines(all, rows(all), false).stream().anyMatch(some::containsAll);
        }

        @Override
        public void check(List<NodeId> all) {
            if (rows(all) < 2) {
                throw new IllegalArgumentException("quorums grid stands in rows and columns, and " + all.size()
                        + " nodes make one row: it takes 4, 6, 8, 9 or another number that is a product");
            }
        }

        /** The grid is as square as may be, and not higher than wide. */
        private static int rows(Collection<NodeId> all) {
            int rows = (int) StrictMath.sqrt(all.size());
            while (all.size() % rows != 0) {
                rows--;
            }
            return rows;
        }

        private static List<List<NodeId>> lines(List<NodeId> all, int rows, boolean alongRows) {
            int columns = all.size() / rows;
            var lines = new ArrayList<List<NodeId>>();
            for (int line = 0; line < (alongRows ? rows : columns); line++) {
                var members = new ArrayList<NodeId>();
                for (int at = 0; at < (alongRows ? columns : rows); at++) {
                    members.add(all.get(alongRows ? line * columns + at : at * columns + line));
                }
                lines.add(members);
            }
            return lines;
        }
    }
}
