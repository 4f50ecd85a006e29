package dcluster.simulation;

import dcluster.host.Point;
import dcluster.host.Points;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points at which a process of one machine is to be ended, whichever of its processes comes there first. A process
 * that is started before a point has come begins to count anew.
 */
final class Ambushes {
    private final List<Ambush> all = new ArrayList<>();
    private @Nullable Points points;

    /** Not a record: two at one point are two. */
    private static final class Ambush {
        final Point point;
        final Runnable end;

        Ambush(Point point, Runnable end) {
            this.point = point;
            this.end = end;
        }
    }

    /** A process starts, with these points. */
    void begin(Points ofProcess) {
        points = ofProcess;
        all.forEach(each -> arm(each, ofProcess));
    }

    /** {@code end} is run at the point, and is to end the process; returns what forgets that. */
    Runnable lay(Point point, Runnable end) {
        var ambush = new Ambush(point, end);
        all.add(ambush);
        if (points != null) {
            arm(ambush, points);
        }
        return () -> leave(ambush);
    }

    private void arm(Ambush ambush, Points ofProcess) {
        ofProcess.arm(ambush.point, met -> {
            all.remove(ambush);
            ambush.end.run();
        });
    }

    private void leave(Ambush ambush) {
        if (all.remove(ambush) && points != null) {
            points.disarm(ambush.point);
        }
    }
}
