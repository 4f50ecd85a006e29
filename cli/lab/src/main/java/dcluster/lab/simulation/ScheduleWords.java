package dcluster.lab.simulation;

import dcluster.simulation.Disturbance;
import dcluster.simulation.FaultWords;
import dcluster.simulation.Plan.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened in a run from outside, in lines for people: faults and whom they struck, questions, disturbed messages. */
final class ScheduleWords {
    /** So many lines of each section are told, from its beginning and its end, which is where it breaks. */
    private static final int FIRST = 5;

    private static final int LAST = 25;

    private ScheduleWords() {}

    static String of(Trial trial) {
        var lines = new ArrayList<String>();
        section(lines, "faults", faults(trial));
        section(
                lines,
                "questions",
                trial.questions().stream().map(ScheduleWords::question).toList());
        section(
                lines,
                "disturbed messages",
                trial.disturbances().stream().map(ScheduleWords::disturbance).toList());
        var plan = trial.schedule().plan();
        if (trial.findings().nanos() > plan.nanos()) {
            lines.add(at(plan.nanos()).strip() + ": everything is mended, and a minority is cut off");
        }
        return String.join("\n", lines) + "\n";
    }

    private static void section(List<String> lines, String name, List<String> content) {
        if (content.isEmpty()) {
            lines.add("no " + name);
            return;
        }
        lines.add(name);
        int leftOut = content.size() - FIRST - LAST;
        for (int i = 0; i < content.size(); i++) {
            if (i < FIRST || i >= FIRST + leftOut) {
                lines.add("  " + content.get(i));
            } else if (i == FIRST) {
                lines.add("       ... " + leftOut + " more " + name);
            }
        }
    }

    private static List<String> faults(Trial trial) {
        return trial.schedule().plan().faults().stream()
                .filter(each -> trial.struck().containsKey(Trial.Begun.of(each)))
                .map(each -> at(each.at()) + fault(each, trial))
                .toList();
    }

    private static String fault(Planned planned, Trial trial) {
        return FaultWords.of(planned.fault()) + " (" + trial.struck().get(Trial.Begun.of(planned)) + ")";
    }

    private static String question(Asked.Told told) {
        return at(told.at()) + "client " + told.asked().client() + " asks " + told.node() + ": " + told.what();
    }

    private static String disturbance(Disturbance disturbance) {
        return at(disturbance.at()) + "what is sent from " + disturbance.from() + " to " + disturbance.to() + " is "
                + disturbance.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String at(long nanos) {
        return String.format(Locale.ROOT, "%12.6f s  ", nanos / 1e9);
    }
}
