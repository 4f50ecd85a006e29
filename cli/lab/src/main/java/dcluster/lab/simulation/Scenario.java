package dcluster.lab.simulation;

import dcluster.config.ClusterText;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Makes the schedule of each seed: with faults that the seed draws, or with those of a file. */
public final class Scenario {
    /** By the usual terms, and with a mix of faults that each seed draws for itself. */
    public static final Scenario USUAL = new Scenario(Terms.DEFAULT);

    private final Terms terms;
    private final Optional<ScenarioFile> file;

    /** With a mix of faults that each seed draws for itself. */
    public Scenario(Terms terms) {
        this.terms = terms;
        this.file = Optional.empty();
    }

    private Scenario(ScenarioFile file) {
        this.terms = Terms.DEFAULT;
        this.file = Optional.of(file);
    }

    /**
     * The scenario of a file.
     *
     * @throws dcluster.config.ConfigException if anything is wrong with it, with the place
     */
    public static Scenario read(ClusterText file) {
        return new Scenario(ScenarioFile.read(file));
    }

    /** A text of which {@link #read} makes a scenario of this schedule. Each line of the remark stands before it. */
    public static String write(Schedule schedule, String remark) {
        return ScenarioFile.write(schedule, remark);
    }

    /** The seed, if it is a scenario of one. */
    public OptionalLong seed() {
        return file.flatMap(ScenarioFile::seed).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** How many nodes it wants, if it does not leave that open. */
    public OptionalInt nodes() {
        return file.flatMap(ScenarioFile::nodes).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /**
     * Refuses what the subject has no place for, and so would never come about.
     *
     * @throws dcluster.config.ConfigException if it names nodes that none of the subject's clusters has, or a coordinator
     *     that does not run the algorithm, with the place
     */
    public void requireFits(Subject subject) {
        file.ifPresent(own -> own.requireFits(subject));
    }

    /** The schedule of a seed. */
    public Schedule schedule(Subject subject, long seed) {
        int nodes = subject.size(seed);
        return file.map(own -> own.schedule(seed, nodes, subject.targets()))
                .orElseGet(() -> new Schedule(terms, nodes, seed % 2 == 0, subject.plan(seed, terms.nanos())));
    }

    /** What a run must have been to prove anything: of a file, that it was asked something, and that a fault was felt. */
    Demands demands() {
        return file.map(own -> new Demands(0, 1, 0, own.kinds().isEmpty() ? 0 : 1))
                .orElse(Demands.USUAL);
    }

    /** The kinds of faults that a large campaign is to meet. */
    Set<String> faults(Subject subject) {
        return file.<Set<String>>map(ScenarioFile::kinds).orElseGet(() -> Sometimes.faults(subject));
    }

    /** Whether a large campaign is to meet everything that may happen sometimes. */
    boolean isUsual() {
        return file.isEmpty();
    }
}
