package dcluster.lab.simulation;

import dcluster.simulation.FaultWords;
import java.util.Locale;

/** What people are told of a failure: its seed, what broke, the shortest schedule, and how to see it again. */
public final class FailureText {
    private FailureText() {}

    /** The text, without colours; {@code command} is the one that replays the schedule. */
    public static String of(Minimal minimal, String command) {
        var text = new StringBuilder();
        text.append("seed ").append(minimal.schedule().plan().seed()).append(" breaks ");
        text.append(minimal.violation().getMessage()).append("\n\n");
        text.append(sizes(minimal)).append('\n');
        text.append(minimal.told()).append('\n');
        if (!minimal.isComplete()) {
            text.append("There was no time to look whether less will do.\n\n");
        }
        return text.append("replay: ").append(command).append('\n').toString();
    }

    private static String sizes(Minimal minimal) {
        var before = minimal.before();
        var after = minimal.after();
        return line("shortest of " + minimal.runs() + " runs", "as drawn", "shortest")
                + line("  nodes", before.nodes(), after.nodes())
                + line("  faults", before.faults(), after.faults())
                + line("  questions", before.questions(), after.questions())
                + line("  disturbed messages", before.disturbances(), after.disturbances())
                + line("  events", before.events(), after.events())
                + line("  virtual time", FaultWords.time(before.nanos()), FaultWords.time(after.nanos()));
    }

    private static String line(String name, Object before, Object after) {
        return String.format(Locale.ROOT, "%-26s %12s %12s%n", name, before, after)
                .replace("\r", "");
    }
}
