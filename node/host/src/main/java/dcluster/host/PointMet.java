package dcluster.host;

/**
 * The node has ended at a point, and so has the turn in which that was. Nothing is wrong, and nobody catches it but the
 * loop of a simulated node, which goes on for the others.
 */
public final class PointMet extends Error {
    private static final long serialVersionUID = 1;

    PointMet(Point point) {
        super("ended at " + point, null, false, false);
    }
}
