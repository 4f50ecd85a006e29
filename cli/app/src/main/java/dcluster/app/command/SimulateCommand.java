package dcluster.app.command;

import dcluster.app.simulate.BeyondRun;
import dcluster.app.simulate.CampaignRun;
import dcluster.app.simulate.MutantsRun;
import dcluster.app.simulate.Replay;
import dcluster.app.simulate.Shortest;
import dcluster.app.simulate.Simulated;
import dcluster.app.simulate.Subjects;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Terminal;
import dcluster.config.Algorithms;
import dcluster.config.ClusterText;
import dcluster.lab.simulation.Scenario;
import dcluster.lab.simulation.Seeds;
import dcluster.lab.simulation.Subject;
import dcluster.simulation.Beyond;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        description = {
            "Run an algorithm in simulated clusters under faults.",
            "A seed stands for the life of a cluster, half a minute of virtual time: the algorithm that runs as"
                    + " processes, on simulated disks, clocks and network, under faults that the seed draws. Its invariants"
                    + " hold after each turn of a node, what clients see is linearizable, and of transactions strictly"
                    + " serializable, if it claims that, or regular; where clients merge siblings nothing that was"
                    + " acknowledged is lost; journals make the replicas that they belong to, and a mended"
                    + " majority serves. Every third cluster has five nodes, the"
                    + " others three, unless the number is given; half of them have bounds that so short a life meets.",
            "A scenario says instead what goes wrong: rates of bad links, kinds of faults and how often, and steps at"
                    + " moments of virtual time. README shows one.",
            "Exits with 1 if a seed breaks something: the lowest such seed is shown, with the command that shows its"
                    + " life, and the shortest schedule that breaks the same, which is kept as a scenario; with 3 if"
                    + " more than a seed in a hundred is void, or if of at least 300 seeds none met something that"
                    + " should be met; with 2 if a history could not be judged in time."
        },
        footer = {
            "",
            "JSON: verdict (clean, violation, inconclusive, unknown, interrupted); algorithm, options, nodes; scenario, its"
                    + " file, or null; broken (seed, property,"
                    + " what, replay) or null; shortest, the schedule that is kept of it (file, nodes, faults, questions,"
                    + " disturbances, events, complete), or null; sometimes and faults, what was met, in how many seeds and how often;"
                    + " missing, what was not; void, seeds that prove nothing, with the reason; undecided; seeds,"
                    + " events, turns, virtualHours, distinctStates, faultKinds, operations, seconds,"
                    + " clusterSecondsPerSecond."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final Seeds USUAL = new Seeds(1, 1000);

    private final Session session;

    @Mixin
    private ClusterFileOptions wanted = new ClusterFileOptions();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--seeds",
            paramLabel = "FROM..TO",
            converter = SeedsConverter.class,
            description = "Which seeds, or which one; by default 1..1000.")
    private @Nullable Seeds seeds;

    @Option(
            names = "--shard",
            paramLabel = "K/N",
            converter = ShardConverter.class,
            description = "The K-th of N equal parts of the seeds alone, to spread a campaign over machines.")
    private @Nullable Shard shard;

    @Option(names = "--threads", paramLabel = "COUNT", description = "How many at a time; by default one a processor.")
    private @Nullable Integer threads;

    @Option(
            names = "--mutants",
            paramLabel = "JAR",
            description = "Instead of an algorithm all mutants of that plugin: each until a seed catches it.")
    private @Nullable Path mutants;

    @Option(
            names = "--beyond",
            paramLabel = "FAULTS",
            converter = BeyondConverter.class,
            description =
                    "Add faults that the algorithm does not claim to survive: wiped-disks, lying-disks, or, of one"
                            + " that trusts clocks, lying-clocks. Finding a violation is then success, exit code 0, and"
                            + " finding none is failure, exit code 1.")
    private @Nullable Beyond beyond;

    @Option(
            names = "--replay",
            paramLabel = "SEED",
            description = "One seed again, with all that happens in it, a line an event.")
    private @Nullable Long replay;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "What is to go wrong, as a file in YAML, instead of what each seed draws: rates of bad links,"
                    + " kinds of faults, steps. One that names its seed is run once.")
    private @Nullable Path file;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Draw it there as a space-time diagram, a page that needs no network.")
    private @Nullable Path html;

    @Option(names = "--trace", paramLabel = "FILE", description = "Where to write that; by default standard output.")
    private @Nullable Path trace;

    @Option(names = "--shiviz", paramLabel = "FILE", description = "Write it there for ShiViz, with vector clocks.")
    private @Nullable Path shiviz;

    SimulateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        refuseWhatIsNothing();
        refuseOneFileForTwo();
        if (mutants != null) {
            return hunt(mutants);
        }
        var scenario = file == null ? Scenario.USUAL : Scenario.read(ClusterText.read(file));
        var one = one(scenario);
        refuseWhatDoesNotFit(one);
        var algorithms = Algorithms.load(plugins.in(session.home()));
        var modelled = Subjects.of(wanted.wanted(Optional.empty()), scenario.nodes(), algorithms);
        scenario.requireFits(modelled);
        var subject = beyond == null ? modelled : beyond(modelled, beyond);
        var simulated = new Simulated(subject, scenario, Optional.ofNullable(file), command());
        if (one.isPresent()) {
            return replay(simulated, one.getAsLong());
        }
        return beyond == null ? campaign(simulated) : goBeyond(beyond, simulated);
    }

    private static Subject beyond(Subject modelled, Beyond faults) {
        try {
            return modelled.under(faults);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, "--beyond " + faults + ": " + e.getMessage() + "; leave it out");
        }
    }

    private int goBeyond(Beyond faults, Simulated simulated) {
        var progress = Progress.forTerminalOnly(session.terminal(), session.err());
        return new BeyondRun(simulated, faults, own(), format.in(session), progress).run(atATime(), session.cleanUps());
    }

    /** The seed, if it is about one alone. */
    private OptionalLong one(Scenario scenario) {
        if (replay == null) {
            return scenario.seed();
        }
        if (scenario.seed().isPresent()) {
            throw new Failure(
                    Exit.USAGE, file + " is of seed " + scenario.seed().getAsLong() + " alone; leave out --replay");
        }
        return OptionalLong.of(replay);
    }

    private void refuseWhatDoesNotFit(OptionalLong one) {
        if (one.isEmpty() && (trace != null || shiviz != null || html != null)) {
            throw new Failure(
                    Exit.USAGE, "--trace, --html and --shiviz write down one seed; name it with --replay SEED");
        }
        if (one.isPresent() && (seeds != null || shard != null || threads != null)) {
            throw new Failure(
                    Exit.USAGE,
                    (replay == null ? file + " is of one seed" : "--replay runs one seed")
                            + "; --seeds, --shard and --threads are for many");
        }
    }

    /** The one would be written over the other. */
    private void refuseOneFileForTwo() {
        var named = new LinkedHashMap<Path, String>();
        refuseSecond(named, "--scenario", file);
        refuseSecond(named, "--trace", trace);
        refuseSecond(named, "--html", html);
        refuseSecond(named, "--shiviz", shiviz);
    }

    private static void refuseSecond(Map<Path, String> named, String option, @Nullable Path path) {
        if (path == null || (Files.exists(path) && !Files.isRegularFile(path))) {
            return;
        }
        var other = named.put(real(path), option);
        if (other != null) {
            throw new Failure(Exit.USAGE, other + " and " + option + " are one file, " + path + "; name two");
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // It is still to be made.
            return path.toAbsolutePath().normalize();
        }
    }

    private void refuseWhatIsNothing() {
        if (replay != null && replay < 1) {
            throw new Failure(Exit.USAGE, "--replay takes a seed, from 1, not " + replay);
        }
        if (mutants != null && (replay != null || file != null || trace != null || shiviz != null || html != null)) {
            throw new Failure(
                    Exit.USAGE,
                    "--mutants runs all of a jar; for one of them, name it with -a and the jar with --plugin");
        }
        if (beyond != null && (mutants != null || file != null)) {
            throw new Failure(
                    Exit.USAGE,
                    "--beyond adds faults to what seeds draw; a scenario names all of its own, and --mutants needs none");
        }
        if (threads != null && (threads < 1 || threads > 1024)) {
            throw new Failure(Exit.USAGE, "--threads is from 1 to 1024, not " + threads);
        }
    }

    private int hunt(Path jar) {
        var jars = Stream.concat(plugins.in(session.home()).stream(), Stream.of(jar))
                .toList();
        var progress = Progress.forTerminalOnly(session.terminal(), session.err());
        return new MutantsRun(wanted.wanted(Optional.empty()), Algorithms.load(jars), own(), format.in(session))
                .run(atATime(), progress, session.cleanUps());
    }

    private Seeds own() {
        var all = seeds == null ? USUAL : seeds;
        return shard == null ? all : shard.of(all);
    }

    private int atATime() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private int campaign(Simulated simulated) {
        var progress = Progress.forTerminalOnly(session.terminal(), session.err());
        return new CampaignRun(simulated, own(), format.in(session), progress)
                .run(
                        atATime(),
                        session.cleanUps(),
                        new Shortest(simulated, session.home().folder().resolve(".schedules"), progress));
    }

    private int replay(Simulated simulated, long seed) {
        var run = new Replay(simulated);
        var output = format.in(session);
        if (trace != null) {
            run.trace(trace);
        } else if (output.isTable()) {
            // The trace is the data then, and what is to be thought of it stands beside it.
            run.trace(session.out()::println);
            output = new Output(format.format(), Terminal.NONE, session.err());
        }
        if (shiviz != null) {
            run.shiviz(shiviz);
        }
        if (html != null) {
            run.html(html);
        }
        int exit = run.run(seed, output);
        session.out().flush();
        return exit;
    }

    private String command() {
        var words = new ArrayList<>(List.of("dcluster", "simulate"));
        Stream.concat(wanted.words().stream(), plugins.words().stream()).forEach(words::add);
        if (beyond != null) {
            words.addAll(List.of("--beyond", beyond.word()));
        }
        return ShellWords.join(words);
    }
}
