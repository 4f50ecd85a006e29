package dcluster.lab.simulation;

import dcluster.config.ClusterText;
import dcluster.config.RecordFile;
import dcluster.simulation.Disturbance;
import dcluster.simulation.Fault;
import dcluster.simulation.Plan;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Selection;
import dcluster.spi.Default;
import dcluster.spi.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A {@link Schedule} as a file in YAML, by which a failure can be kept, read, changed by hand and lived again. Times are
 * nanoseconds of virtual time. Without {@code questions} all that clients draw are asked, without {@code disturbances}
 * links disturb what they draw, and without {@code end} the run is lived to its end.
 */
public record ScheduleFile(
        long seed,
        int nodes,
        @Default("false") boolean miniature,
        TermsEntry terms,
        long mended,
        Optional<Long> end,
        List<FaultEntry> faults,
        Optional<List<QuestionsEntry>> questions,
        Optional<List<DisturbanceEntry>> disturbances) {

    /** {@link Terms}. */
    public record TermsEntry(long nanos, int clients, int rate, long patience, int keys) {}

    /** A fault and its moment. */
    public record FaultEntry(long at, Fault fault) {}

    /** The questions of one client. */
    public record QuestionsEntry(int client, List<Long> numbers) {}

    /** What happens to one message. */
    public record DisturbanceEntry(String from, String to, long at, Disturbance.Kind kind) {
        public DisturbanceEntry {
            requireName("from", from);
            requireName("to", to);
        }

        private static void requireName(String key, String name) {
            try {
                new NodeId(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
        }
    }

    public ScheduleFile {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes is at least 1");
        }
        if (mended < 0 || end.filter(moment -> moment < 0).isPresent()) {
            throw new IllegalArgumentException("mended and end are moments, from 0");
        }
    }

    /**
     * Reads a schedule.
     *
     * @throws dcluster.config.ConfigException if anything is wrong with it, with the place
     */
    public static Schedule read(ClusterText file) {
        return RecordFile.read(file, ScheduleFile.class, "a schedule").schedule();
    }

    /** A text of which {@link #read} makes an equal schedule. Each line of the remark stands before it. */
    public static String write(Schedule schedule, String remark) {
        var comment =
                remark.lines().map(line -> ("# " + line).stripTrailing() + "\n").toList();
        return String.join("", comment) + RecordFile.write(of(schedule));
    }

    private static ScheduleFile of(Schedule schedule) {
        var terms = schedule.terms();
        var plan = schedule.plan();
        return new ScheduleFile(
                plan.seed(),
                schedule.nodes(),
                schedule.inMiniature(),
                new TermsEntry(terms.nanos(), terms.clients(), terms.rate(), terms.patience(), terms.keys()),
                plan.nanos(),
                schedule.end() == Schedule.NEVER ? Optional.empty() : Optional.of(schedule.end()),
                plan.faults().stream()
                        .map(each -> new FaultEntry(each.at(), each.fault()))
                        .toList(),
                schedule.questions().only().map(ScheduleFile::byClient),
                plan.disturbances().only().map(ScheduleFile::entries));
    }

    private static List<QuestionsEntry> byClient(Collection<Asked> questions) {
        var numbers = new TreeMap<Integer, TreeSet<Long>>();
        questions.forEach(asked -> numbers.computeIfAbsent(asked.client(), client -> new TreeSet<>())
                .add(asked.number()));
        return numbers.entrySet().stream()
                .map(each -> new QuestionsEntry(each.getKey(), List.copyOf(each.getValue())))
                .toList();
    }

    private static List<DisturbanceEntry> entries(Collection<Disturbance> disturbances) {
        return disturbances.stream()
                .map(each -> new DisturbanceEntry(each.from().name(), each.to().name(), each.at(), each.kind()))
                .toList();
    }

    private Schedule schedule() {
        var planned = faults.stream()
                .map(each -> new Planned(each.at, each.fault))
                .sorted(Comparator.comparingLong(Planned::at))
                .toList();
        return new Schedule(
                new Terms(terms.nanos, terms.clients, terms.rate, terms.patience, terms.keys),
                nodes,
                miniature,
                new Plan(seed, mended, planned, selection(disturbances.map(ScheduleFile::disturbances))),
                selection(questions.map(ScheduleFile::asked)),
                end.orElse(Schedule.NEVER));
    }

    private static <T> Selection<T> selection(Optional<List<T>> only) {
        return only.map(Selection::of).orElseGet(Selection::all);
    }

    private static List<Asked> asked(List<QuestionsEntry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.numbers.stream().map(number -> new Asked(entry.client, number)))
                .toList();
    }

    private static List<Disturbance> disturbances(List<DisturbanceEntry> entries) {
        return entries.stream()
                .map(each -> new Disturbance(new NodeId(each.from), new NodeId(each.to), each.at, each.kind))
                .toList();
    }
}
