package dcluster.lab.staleness;

import dcluster.simulation.Fault;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Tempo;
import dcluster.simulation.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How probable it is that a read sees the last write, or one of the last: by the time since the write's acknowledgement,
 * and by versions right after it.
 *
 * @param byTime of one write, for each of the times asked for
 * @param byVersion of several writes as fast as they are acknowledged, and a read at once, each at any node
 * @param latency what operations took, if they were measured
 */
public record Visibility(List<Behind> byTime, Behind byVersion, Optional<Operations> latency) {
    /** Enough for an error of half a percent. */
    private static final int DRAWN = 10_000;

    /**
     * What is asked for.
     *
     * @param links how all links are
     * @param after the times since the acknowledgement
     * @param versions how many versions are written one after the other
     * @param trials how many reads for each number that is measured, from 1
     * @param seed of all that is drawn
     */
    public record Terms(Quality links, List<Duration> after, int versions, int trials, long seed) {
        public Terms {
            after = List.copyOf(after);
            if (trials < 1 || versions < 1 || after.isEmpty()) {
                throw new IllegalArgumentException("there is at least one trial, version and time");
            }
        }

        private Course one(Duration after) {
            return new Course(1, after.toNanos(), false);
        }

        private Course several() {
            return new Course(versions, 0, true);
        }
    }

    /**
     * What the operations of a measurement took.
     *
     * @param unanswered trials that came to nothing, because an operation did not succeed
     */
    public record Operations(Latency writes, Latency reads, long unanswered) {}

    public Visibility {
        byTime = List.copyOf(byTime);
    }

    /** Measures it in a simulated cluster, each node of which holds each key. */
    public static Visibility measure(Population<?, ?, ?, ?> population, Terms terms) {
        var simulation = new Simulation<>(population, terms.seed, Trace.NONE);
        simulation.begin(new Fault.Weather(terms.links, Long.MAX_VALUE / 4));
        var trials = new Trials(
                simulation, terms.links.longestNanos() + Tempo.LONGEST_SYNC_NANOS, new SplittableRandom(terms.seed));
        var byTime = terms.after.stream()
                .map(after -> trials.run(terms.trials, terms.one(after)))
                .toList();
        var byVersion = trials.run(terms.trials, terms.several());
        return new Visibility(
                byTime,
                byVersion,
                Optional.of(new Operations(trials.writeLatency(), trials.readLatency(), trials.unanswered())));
    }

    /**
     * Predicts it, for a store that does nothing to bring replicas together but to send each of them each write.
     *
     * @param readsFirst whether a coordinator reads before it writes, and sends the version that it makes of that when its
     *     own disk holds it, as vector clocks demand; otherwise it sends at once
     */
    public static Visibility predict(Quorums quorums, boolean readsFirst, Terms terms) {
        var wars = new Wars(
                new Wars.Model(quorums, readsFirst),
                Delays.ofSimulation(terms.links),
                new SplittableRandom(terms.seed));
        return new Visibility(
                terms.after.stream()
                        .map(after -> wars.draw(DRAWN, terms.one(after)))
                        .toList(),
                wars.draw(DRAWN, terms.several()),
                Optional.empty());
    }
}
