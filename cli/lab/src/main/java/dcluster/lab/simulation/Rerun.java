package dcluster.lab.simulation;

import dcluster.lab.diagram.SpaceTime;
import dcluster.lab.diagram.SpaceTimePage;
import dcluster.simulation.Population;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import java.util.Optional;

/**
 * A schedule that was lived again, to be looked at.
 *
 * @param told faults, questions and disturbed messages, in lines for people
 * @param page the space-time diagram, a page of HTML
 */
public record Rerun(Optional<Violation> violation, Findings findings, Size size, String told, String page) {
    /**
     * How people find it again.
     *
     * @param title names the run: its algorithm and seed
     * @param command replays it
     */
    public record Label(String title, String command) {}

    /**
     * Lives the schedule; the trace hears it, too.
     *
     * @param whole not in miniature, and of at least as many nodes as the schedule wants
     * @throws IllegalArgumentException if the cluster cannot be cut down to so many nodes
     */
    public static Rerun of(Population<?, ?, ?, ?> whole, Schedule schedule, Label label, Trace trace) {
        var diagram = new SpaceTime();
        var trial = Trial.of(whole, schedule, diagram.and(trace));
        var subject = new SpaceTimePage.Subject(
                label.title, label.command, schedule.of(whole).ids(), trial.operations(), trial.violation());
        return new Rerun(
                trial.violation(),
                trial.findings(),
                trial.size(),
                ScheduleWords.of(trial),
                SpaceTimePage.html(subject, diagram));
    }
}
