package dcluster.lab.simulation;

import dcluster.checker.history.Operation;
import dcluster.simulation.Disturbance;
import dcluster.simulation.Disturbance.Kind;
import dcluster.simulation.FaultWords;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Population;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that was lived, what broke, and what there was in it that could have been left out.
 *
 * @param questions in the order of their moments
 * @param disturbances that happened
 * @param struck by the fault that began, whom it struck
 */
record Trial(
        Schedule schedule,
        Optional<Violation> violation,
        List<Asked.Told> questions,
        Set<Disturbance> disturbances,
        Map<Begun, String> struck,
        List<Operation> operations,
        Findings findings) {

    /** A fault and its moment; several may begin at once. */
    record Begun(long at, String fault) {
        static Begun of(Planned planned) {
            return new Begun(planned.at(), FaultWords.of(planned.fault()));
        }
    }

    /** Lives the schedule in a cluster that is cut down to what it wants. */
    static Trial of(Population<?, ?, ?, ?> whole, Schedule schedule, Trace trace) {
        var seen = new Seen();
        var run = new Run(schedule.of(whole), schedule, trace == Trace.NONE ? seen : seen.and(trace));
        var violation = Optional.<Violation>empty();
        try {
            run.live();
        } catch (Violation e) {
            trace.told(run.findings().nanos(), "violation", "of", e.property(), "by", e.what());
            violation = Optional.of(e);
        }
        return new Trial(
                schedule, violation, run.questions(), seen.disturbances, seen.struck, run.operations(), run.findings());
    }

    /** How large it was. */
    Size size() {
        return new Size(
                schedule.nodes(),
                (int) schedule.plan().faults().stream()
                        .filter(each -> struck.containsKey(Begun.of(each)))
                        .count(),
                questions.size(),
                disturbances.size(),
                findings.events(),
                findings.nanos());
    }

    /** Remembers what the links and faults of a run did. */
    private static final class Seen implements Trace {
        private final Set<Disturbance> disturbances = new LinkedHashSet<>();
        private final Map<Begun, String> struck = new LinkedHashMap<>();

        @Override
        public void message(long at, Fate fate, Message message) {
            var kind = kind(fate);
            if (kind != null) {
                var link = message.link();
                disturbances.add(new Disturbance(link.from(), link.to(), at, kind));
            }
        }

        private static @Nullable Kind kind(Fate fate) {
            return switch (fate) {
                case LOST -> Kind.LOST;
                case REPEATED -> Kind.REPEATED;
                case DELAYED -> Kind.DELAYED;
                case SENT, DELIVERED, CUT, UNHEARD -> null;
            };
        }

        @Override
        public void told(long at, String what, Object... details) {
            if (what.equals("fault begins")) {
                var named = new ArrayList<>(List.of(details));
                struck.put(new Begun(at, after(named, "fault")), after(named, "target"));
            }
        }

        private static String after(List<Object> details, String name) {
            return String.valueOf(details.get(details.indexOf(name) + 1));
        }
    }
}
