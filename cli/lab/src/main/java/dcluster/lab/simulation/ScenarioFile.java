package dcluster.lab.simulation;

import dcluster.config.ClusterText;
import dcluster.config.Located;
import dcluster.config.RecordFile;
import dcluster.host.Point;
import dcluster.host.Points;
import dcluster.simulation.Disturbance;
import dcluster.simulation.Fault;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Plan;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Selection;
import dcluster.simulation.Swarm;
import dcluster.simulation.Target;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Default;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is to happen in runs, as a file in YAML: rates of bad links, kinds of faults that are drawn and how often, and
 * steps at moments of virtual time. Nothing else goes wrong. One that names its seed, its nodes and whether they are in
 * miniature is a {@link Schedule}: so a failure can be kept, read, changed by hand and lived again.
 *
 * @param name for people
 * @param nodes how many, a coordinator beyond them; if it is left open, those of the cluster
 * @param miniature whether bounds are such that a short life meets them; if it is left open, for every second seed
 * @param duration how long faults may begin; afterwards everything is mended
 * @param rate questions a second, of all clients together
 * @param keys of each kind of value
 * @param patience how long a mended cluster may take to serve, and to agree; 0 for what the algorithm says of itself
 * @param end the moment at which the run is cut off; if it is left open, the run is lived to its end
 * @param links how they are all the time; if it is left open, good
 * @param questions the only ones that are asked; if it is left open, all that clients draw
 * @param disturbances the only ones that happen; if it is left open, all that links draw
 */
record ScenarioFile(
        Optional<String> name,
        Optional<Long> seed,
        Optional<Integer> nodes,
        Optional<Boolean> miniature,
        @Default("30s") Duration duration,
        @Default("10") int clients,
        @Default("40") int rate,
        @Default("3") int keys,
        @Default("0s") Duration patience,
        Optional<Duration> end,
        Optional<Quality> links,
        Optional<List<Often>> drawn,
        Optional<List<Step>> steps,
        Optional<List<QuestionsEntry>> questions,
        Optional<List<DisturbanceEntry>> disturbances) {

    /** Faults of one kind, at intervals around that one; what each of them is, is drawn from the seed. */
    record Often(Swarm.Kind kind, Duration every) {
        Often {
            ScenarioLimits.requireInterval(every);
        }
    }

    /** A fault and its moment, or the span in which it comes again and again. */
    record Step(Optional<Duration> at, Optional<Duration> every, Located<Fault> fault) {
        Step {
            if (at.isPresent() == every.isPresent()) {
                throw new IllegalArgumentException("a step has either a moment, at: 3s, or comes again, every: 10s");
            }
            every.ifPresent(ScenarioLimits::requireInterval);
        }

        private void requireFault() {
            try {
                FaultLimits.require(fault.value());
            } catch (IllegalArgumentException e) {
                throw fault.refused(String.valueOf(e.getMessage()));
            }
        }

        /** Whether it comes about at all before that. */
        private boolean beginsBefore(Duration moment) {
            return at.or(() -> every).orElseThrow().compareTo(moment) < 0;
        }

        private Stream<Planned> planned(long until) {
            return at.map(moment -> Stream.of(new Planned(moment.toNanos(), fault.value())))
                    .orElseGet(() -> again(every.orElseThrow().toNanos(), until));
        }

        private Stream<Planned> again(long interval, long until) {
            return Stream.iterate(interval, moment -> moment < until, moment -> moment + interval)
                    .map(moment -> new Planned(moment, fault.value()));
        }
    }

    /** The questions of one client. */
    record QuestionsEntry(Located<Integer> client, List<Long> numbers) {
        QuestionsEntry {
            if (numbers.stream().anyMatch(number -> number < 0)) {
                throw new IllegalArgumentException("numbers are from 0");
            }
        }

        private void requireClient(int clients) {
            if (client.value() < 0 || client.value() >= clients) {
                throw client.refused("client is from 0 to " + (clients - 1) + ", for there are " + clients
                        + " clients; not " + client.value());
            }
        }
    }

    /** What happens to one message. */
    record DisturbanceEntry(Located<String> from, Located<String> to, Duration at, Disturbance.Kind kind) {
        DisturbanceEntry {
            requireName("from", from.value());
            requireName("to", to.value());
        }

        private static void requireName(String key, String name) {
            try {
                new NodeId(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
        }
    }

    ScenarioFile {
        requirePositive("seed", seed.orElse(1L));
        ScenarioLimits.requireNodes(nodes.orElse(1));
        ScenarioLimits.requireLoad(clients, rate, keys, duration);
        ScenarioLimits.requireAtMostAnHour("patience", patience);
        links.ifPresent(FaultLimits::require);
        ScenarioLimits.requireCountable(intervals(drawn, steps), duration);
        requireWithin(duration, steps);
        if (links.isPresent() && changesLinks(drawn, steps)) {
            throw new IllegalArgumentException("links are either so all the time, or change with the weather");
        }
    }

    private static Stream<Duration> intervals(Optional<List<Often>> drawn, Optional<List<Step>> steps) {
        return Stream.concat(
                drawn.orElse(List.of()).stream().map(Often::every),
                steps.orElse(List.of()).stream().flatMap(step -> step.every().stream()));
    }

    private static void requireWithin(Duration length, Optional<List<Step>> steps) {
        if (!steps.orElse(List.of()).stream().allMatch(step -> step.beginsBefore(length))) {
            throw new IllegalArgumentException("one of the steps begins when the duration is over");
        }
    }

    private static boolean changesLinks(Optional<List<Often>> drawn, Optional<List<Step>> steps) {
        return drawn.orElse(List.of()).stream().anyMatch(often -> often.kind == Swarm.Kind.WEATHER)
                || steps.orElse(List.of()).stream().anyMatch(step -> step.fault.value() instanceof Fault.Weather);
    }

    private static void requirePositive(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " is at least 1");
        }
    }

    /** @throws dcluster.config.ConfigException if anything is wrong with it, with the place */
    static ScenarioFile read(ClusterText file) {
        var read = RecordFile.read(file, ScenarioFile.class, "a scenario");
        read.steps.orElse(List.of()).forEach(Step::requireFault);
        read.questions.orElse(List.of()).forEach(entry -> entry.requireClient(read.clients));
        return read;
    }

    /**
     * @throws dcluster.config.ConfigException if it disturbs messages of nodes that no cluster of it has, or strikes a
     *     coordinator that none has
     */
    void requireFits(Subject subject) {
        requireTargets(subject.targets());
        requirePoints(subject.algorithm().provider(), names(subject));
        requireNodes(subject);
    }

    private void requireTargets(List<Target> targets) {
        for (var step : steps.orElse(List.of())) {
            if (step.fault.value() instanceof Fault.OfNode ofNode && !targets.contains(ofNode.target())) {
                throw step.fault.refused(
                        "target is leader, follower or any, for there is no coordinator that runs the" + " algorithm");
            }
        }
    }

    private void requirePoints(AlgorithmProvider<?, ?, ?, ?> provider, Set<String> names) {
        for (var step : steps.orElse(List.of())) {
            if (step.fault.value() instanceof Fault.CrashAt crash) {
                crash.node().filter(node -> !names.contains(node)).ifPresent(node -> {
                    throw step.fault.refused(
                            "node: there is no node '" + node + "'; there are " + String.join(", ", names));
                });
                try {
                    Points.require(provider, Point.parse(crash.point()));
                } catch (IllegalArgumentException e) {
                    throw step.fault.refused("point: " + e.getMessage());
                }
            }
        }
    }

    private void requireNodes(Subject subject) {
        var names = names(subject);
        disturbances.orElse(List.of()).stream()
                .flatMap(entry -> Stream.of(entry.from, entry.to))
                .filter(node -> !names.contains(node.value()))
                .findFirst()
                .ifPresent(node -> {
                    throw node.refused(
                            "there is no node '" + node.value() + "'; there are " + String.join(", ", names));
                });
    }

    private Set<String> names(Subject subject) {
        var names = new TreeSet<String>();
        for (var cluster : subject.clusters()) {
            var members = cluster.members().nodes();
            members.stream()
                    .limit(nodes.orElse(members.size()))
                    .forEach(member -> names.add(member.id().name()));
            cluster.members()
                    .coordinator()
                    .filter(member -> cluster.algorithm().hasCoordinator())
                    .ifPresent(member -> names.add(member.id().name()));
        }
        return names;
    }

    // As a schedule

    /** A text of which {@link #read} makes an equal schedule. Each line of the remark stands before it. */
    static String write(Schedule schedule, String remark) {
        var comment =
                remark.lines().map(line -> ("# " + line).stripTrailing() + "\n").toList();
        return String.join("", comment) + RecordFile.write(of(schedule));
    }

    private static ScenarioFile of(Schedule schedule) {
        var terms = schedule.terms();
        var plan = schedule.plan();
        return new ScenarioFile(
                Optional.empty(),
                Optional.of(plan.seed()),
                Optional.of(schedule.nodes()),
                Optional.of(schedule.inMiniature()),
                Duration.ofNanos(plan.nanos()),
                terms.clients(),
                terms.rate(),
                terms.keys(),
                Duration.ofNanos(terms.patience()),
                schedule.end() == Schedule.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(schedule.end())),
                Optional.empty(),
                Optional.empty(),
                Optional.of(plan.faults().stream().map(ScenarioFile::step).toList()),
                schedule.questions().only().map(ScenarioFile::byClient),
                plan.disturbances().only().map(ScenarioFile::entries));
    }

    private static Step step(Planned planned) {
        return new Step(
                Optional.of(Duration.ofNanos(planned.at())), Optional.empty(), Located.nowhere(planned.fault()));
    }

    private static List<QuestionsEntry> byClient(Collection<Asked> questions) {
        var numbers = new TreeMap<Integer, TreeSet<Long>>();
        questions.forEach(asked -> numbers.computeIfAbsent(asked.client(), client -> new TreeSet<>())
                .add(asked.number()));
        return numbers.entrySet().stream()
                .map(each -> new QuestionsEntry(Located.nowhere(each.getKey()), List.copyOf(each.getValue())))
                .toList();
    }

    private static List<DisturbanceEntry> entries(Collection<Disturbance> disturbances) {
        return disturbances.stream()
                .map(each -> new DisturbanceEntry(
                        Located.nowhere(each.from().name()),
                        Located.nowhere(each.to().name()),
                        Duration.ofNanos(each.at()),
                        each.kind()))
                .toList();
    }

    /**
     * The schedule of a seed, for a cluster of so many nodes unless the file says how many; what is drawn strikes these
     * targets.
     */
    Schedule schedule(long seedOfRun, int nodesOfCluster, List<Target> targets) {
        var terms = new Terms(duration.toNanos(), clients, rate, patience.toNanos(), keys);
        var faults = faults(seedOfRun, targets);
        var plan = new Plan(seedOfRun, terms.nanos(), faults, selection(disturbances.map(ScenarioFile::named)));
        return new Schedule(
                terms,
                nodes.orElse(nodesOfCluster),
                miniature.orElse(seedOfRun % 2 == 0),
                plan,
                selection(questions.map(ScenarioFile::asked)),
                end.map(Duration::toNanos).orElse(Schedule.NEVER));
    }

    private List<Planned> faults(long seedOfRun, List<Target> targets) {
        long until = duration.toNanos();
        var faults = new ArrayList<Planned>();
        links.ifPresent(quality -> faults.add(new Planned(0, new Fault.Weather(quality, until))));
        steps.orElse(List.of()).forEach(step -> step.planned(until).forEach(faults::add));
        faults.addAll(Swarm.draw(seedOfRun, until, intervals(), targets));
        faults.sort(Comparator.comparingLong(Planned::at));
        return faults;
    }

    private Map<Swarm.Kind, Long> intervals() {
        var intervals = new EnumMap<Swarm.Kind, Long>(Swarm.Kind.class);
        drawn.orElse(List.of()).forEach(often -> intervals.put(often.kind, often.every.toNanos()));
        return intervals;
    }

    private static <T> Selection<T> selection(Optional<List<T>> only) {
        return only.map(Selection::of).orElseGet(Selection::all);
    }

    private static List<Asked> asked(List<QuestionsEntry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.numbers.stream().map(number -> new Asked(entry.client.value(), number)))
                .toList();
    }

    private static List<Disturbance> named(List<DisturbanceEntry> entries) {
        return entries.stream()
                .map(each -> new Disturbance(
                        new NodeId(each.from.value()), new NodeId(each.to.value()), each.at.toNanos(), each.kind))
                .toList();
    }

    /** The kinds of faults that are to happen. */
    TreeSet<String> kinds() {
        var kinds = new TreeSet<String>();
        links.ifPresent(quality -> kinds.add("weather"));
        drawn.orElse(List.of()).forEach(often -> kinds.add(often.kind.word()));
        steps.orElse(List.of()).forEach(step -> kinds.add(step.fault.value().kind()));
        return kinds;
    }
}
