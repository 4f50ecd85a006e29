package dcluster.lab.crashes;

import dcluster.simulation.Simulation;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Reads keys again and again, and counts for how long each is not served: a key is not while a read of it has no answer
 * when the next one is due.
 */
final class Probes {
    private final Simulation<?> simulation;
    private final NodeId at;
    private final long everyNanos;
    private final Map<String, Gap> gaps = new LinkedHashMap<>();
    private int mostAtOnce;
    private boolean ended;

    /** For how many rounds a key was not served, and at a stretch. */
    private static final class Gap {
        private long rounds;
        private long stretch;
        private long longest;

        void count(boolean isServed) {
            rounds += isServed ? 0 : 1;
            stretch = isServed ? 0 : stretch + 1;
            longest = Math.max(longest, stretch);
        }
    }

    /** Of these keys, asked at that node. */
    Probes(Simulation<?> simulation, NodeId at, Collection<String> keys, long everyNanos) {
        this.simulation = simulation;
        this.at = at;
        this.everyNanos = everyNanos;
        keys.forEach(key -> gaps.put(key, new Gap()));
    }

    /** Reads each key now, and after each interval. */
    void begin() {
        var served = new HashSet<String>();
        gaps.keySet()
                .forEach(key -> simulation.submit(at, new Command.Get(Bytes.utf8(key)), answer -> {
                    if (Stage.ok(answer).isPresent()) {
                        served.add(key);
                    }
                }));
        simulation.after(everyNanos, () -> {
            count(served);
            if (!ended) {
                begin();
            }
        });
    }

    private void count(Set<String> served) {
        gaps.forEach((key, gap) -> gap.count(served.contains(key)));
        mostAtOnce = Math.max(mostAtOnce, gaps.size() - served.size());
    }

    /** Reads no more once the answers to the last reads have come, or have not. */
    void end() {
        ended = true;
    }

    /** For how long the key was not served that was not for longest, in all. */
    long mostNanos() {
        return most(gap -> gap.rounds);
    }

    /** The same at a stretch. */
    long longestNanos() {
        return most(gap -> gap.longest);
    }

    private long most(ToLongFunction<Gap> rounds) {
        return everyNanos * gaps.values().stream().mapToLong(rounds).max().orElse(0);
    }

    /** The same over all keys together. */
    long sumNanos() {
        return everyNanos * gaps.values().stream().mapToLong(gap -> gap.rounds).sum();
    }

    /** How many keys at most were not served at the same time. */
    int mostAtOnce() {
        return mostAtOnce;
    }
}
