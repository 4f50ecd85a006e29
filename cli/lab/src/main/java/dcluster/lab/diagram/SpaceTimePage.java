package dcluster.lab.diagram;

import dcluster.checker.history.Operation;
import dcluster.checker.page.Page;
import dcluster.simulation.Violation;
import dcluster.spi.NodeId;
import java.util.List;
import java.util.Optional;

/** A run as one page of HTML, with all that it needs. */
public final class SpaceTimePage {
    private static final Page PAGE =
            new Page(SpaceTimePage.class, "page.html", "page.css", List.of("view.js", "paint.js", "page.js"));

    /**
     * What a page is of.
     *
     * @param title names the run: its algorithm and seed
     * @param command replays it
     */
    public record Subject(
            String title,
            String command,
            List<NodeId> nodes,
            List<Operation> operations,
            Optional<Violation> violation) {}

    private SpaceTimePage() {}

    /** The page. */
    public static String html(Subject subject, SpaceTime run) {
        return PAGE.html(subject.title(), DiagramData.json(subject, run));
    }
}
