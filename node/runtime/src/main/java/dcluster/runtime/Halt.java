package dcluster.runtime;

import dcluster.host.Point;
import dcluster.host.Points;
import dcluster.host.Resident;
import dcluster.spi.NodeId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process at points of its member's life. On the loop only. */
final class Halt {
    private static final Logger LOG = LoggerFactory.getLogger(Halt.class);

    /** What a shell tells of a process that kill -9 has ended. */
    private static final int KILLED = 137;

    private final NodeId self;
    private final Resident<?> resident;

    Halt(NodeId self, Resident<?> resident) {
        this.self = self;
        this.resident = resident;
    }

    /** @throws IllegalArgumentException if the member has no such point */
    void at(String text) {
        points().arm(Point.parse(text), this::halt);
        LOG.warn("{} is to end at: {}", self, Point.parse(text));
    }

    private Points points() {
        return resident.points()
                .orElseThrow(() -> new IllegalArgumentException(
                        self + " only routes commands: it runs no algorithm, and has no points"));
    }

    /** The points that have not come. */
    List<String> armed() {
        return resident.points().map(Points::armed).orElse(List.of()).stream()
                .map(Point::toString)
                .toList();
    }

    /** At once, as by kill -9: nothing is closed, written or told to anybody but the log. */
    private void halt(Point point) {
        LOG.warn("{} ends at a point: {}", self, point);
        Runtime.getRuntime().halt(KILLED);
    }
}
