package dcluster.checker.graph;

/** A directed graph as numbers: nodes from 0 on, and arcs that lie one after the other, those of a node together. */
public interface Arcs {
    int nodes();

    /** The first arc from a node; those from it are below {@link #end}. */
    int first(int node);

    int end(int node);

    /** The node to which an arc leads. */
    int head(int arc);
}
