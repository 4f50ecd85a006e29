package dcluster.spi;

import java.time.Duration;

/**
 * How the runtime finds an algorithm: named in {@code META-INF/services/dcluster.spi.AlgorithmProvider} of any jar on
 * the class path or among the plugins. It has a public constructor without parameters and no state.
 *
 * @param <M> messages: a sealed interface of records, from which wire format and schema fingerprint are derived
 * @param <R> journal records: likewise
 * @param <T> timers
 * @param <C> configuration: a record, bound from the cluster file's {@code options} under the algorithm's name
 */
public interface AlgorithmProvider<M, R, T, C extends Record> {
    /** As a cluster file names it: up to 32 lower case letters, digits and {@code -}. */
    String name();

    /** One sentence for people, with the source it follows. */
    String summary();

    /**
     * The record type of its options. Component {@code electionTimeout} is bound from the key {@code election-timeout};
     * unknown keys are errors. A component's {@link Default} is its value where the file gives none. The compact
     * constructor refuses what makes no sense with an {@link IllegalArgumentException}, which is shown at the place in
     * the file.
     */
    Class<C> configType();

    /** The family of its messages; {@link Nothing} if its replicas do not talk. */
    Class<M> messageType();

    Class<R> recordType();

    /**
     * Refuses a cluster on which this algorithm, configured so, cannot run. Called when a cluster file is read, before
     * anything starts.
     *
     * @throws IllegalArgumentException if configuration and membership do not fit each other; the message says what
     *     would
     */
    default void check(C config, Membership members) {}

    /**
     * Refuses to let the nodes of a cluster that is stopped go on, on their data, with another configuration or
     * membership. Called before anything changes; each of the two was {@linkplain #check checked} by itself. Nodes
     * that are new will have no data, and those that are gone will never be asked again. Unless this is overridden,
     * options may change and the ids of the members may not.
     *
     * @throws IllegalArgumentException if they could not; the message says what would be right
     */
    default void checkChange(C before, Membership membersBefore, C after, Membership membersAfter) {
        var had = membersBefore.all().map(Member::id).toList();
        var has = membersAfter.all().map(Member::id).toList();
        if (!had.equals(has)) {
            throw new IllegalArgumentException(
                    name() + " goes on with the members that it began with, " + had + ", not with " + has);
        }
    }

    /**
     * Whether the algorithm has a role of its own for the cluster's coordinator. Then each of its clusters has one, which
     * runs the algorithm as a node does, with a journal of its own; it knows itself by {@link Membership#isCoordinator}.
     * Otherwise a coordinator only passes commands on to the nodes, and none is needed.
     */
    default boolean hasCoordinator() {
        return false;
    }

    /** A new replica, before replay. Configuration and membership have been {@linkplain #check checked}. */
    Algorithm<M, R, T> create(C config, Context<M, R, T> context);

    /** What it promises when configured so. */
    Traits traits(C config);

    /**
     * The same options, but with bounds so small that a cluster which lives for some seconds and serves some thousand
     * commands reaches them: snapshots, full pipelines, rewritten journals, leaders that come and go. A
     * simulation uses them in half of its runs.
     */
    default C inMiniature(C config) {
        return config;
    }

    /**
     * How long it takes at most until commands are served again, and all replicas have come to the same state, once as
     * many nodes as it needs are up, connected and asked; some failed elections included. A simulation that waited longer
     * calls it a violation.
     */
    default Duration recovery(C config) {
        return Duration.ofSeconds(8);
    }
}
