package dcluster.app.bench;

import dcluster.app.terminal.Spans;
import dcluster.simulation.Fault;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.WallClock;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which variants of the quorum store are compared, and what goes wrong in them. */
final class StalenessPlan {
    /** What nodes tell of their repairs. */
    static final List<String> FIGURES =
            List.of("hints left", "keys handed off", "read repairs", "keys repaired", "repair bytes");

    private static final List<Duration> APART =
            List.of(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofSeconds(1), Duration.ofHours(1));
    private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofSeconds(2));

    /** Writes of a key are further apart, so that nodes are cut off from each other between them. */
    private static final Duration CUT_PAUSE = Duration.ofMillis(500);

    private static final String UNREPAIRED = ",hinted-handoff=false,read-repair=false,anti-entropy=false";
    private static final String STRICT = "quorum:replicas=3,reads=2,writes=2";
    private static final String CLOCKS = ",versions=vector-clock";
    private static final String LATEST = ",versions=last-write-wins";

    private final Staleness wanted;

    StalenessPlan(Staleness wanted) {
        this.wanted = wanted;
    }

    /**
     * A variant whose visibility is measured.
     *
     * @param repairs whether replicas are repaired, for people; null if the variant says it
     */
    record Seen(String variant, @Nullable String repairs) {
        /** Whether somebody has named it, so that others than R and W may differ. */
        boolean isNamed() {
            return repairs == null;
        }

        /** Whether the formula, which knows no repairs, is set beside it. */
        boolean isPredicted() {
            return !"on".equals(repairs);
        }
    }

    /** The ones that are wanted; or all R and W without repairs, and those that can be stale once more with them. */
    List<Seen> visibility() {
        if (!wanted.variants().isEmpty()) {
            return wanted.variants().stream()
                    .map(variant -> new Seen(variant, null))
                    .toList();
        }
        var plain = new ArrayList<Seen>();
        var repaired = new ArrayList<Seen>();
        int nodes = wanted.nodes();
        for (int reads = 1; reads <= nodes; reads++) {
            for (int writes = 1; writes <= nodes; writes++) {
                var variant = "quorum:replicas=" + nodes + ",reads=" + reads + ",writes=" + writes + LATEST;
                plain.add(new Seen(variant + UNREPAIRED, "off"));
                if (reads + writes <= nodes) {
                    repaired.add(new Seen(variant, "on"));
                }
            }
        }
        return Stream.concat(plain.stream(), repaired.stream()).toList();
    }

    /** A mechanism, or several, that bring replicas together. */
    record Mechanism(String name, String variant) {}

    /** None, each alone, and all. */
    List<Mechanism> mechanisms() {
        var base = "quorum:replicas=" + wanted.nodes() + ",reads=1,writes=1";
        return List.of(
                new Mechanism("none", base + UNREPAIRED),
                new Mechanism("hinted handoff", base + UNREPAIRED.replace("handoff=false", "handoff=true")),
                new Mechanism("read repair", base + UNREPAIRED.replace("repair=false", "repair=true")),
                new Mechanism("anti-entropy", base + UNREPAIRED.replace("entropy=false", "entropy=true")),
                new Mechanism("all three", base));
    }

    /**
     * What clients do with a store while something is wrong.
     *
     * @param store how people call the variant
     * @param wrong what is wrong, for people
     * @param faultsAfter when that begins
     * @param pause between two writes of a key and the next
     */
    record Trouble(
            String store,
            String variant,
            int nodes,
            Quality links,
            String wrong,
            List<Fault> faults,
            Duration faultsAfter,
            Duration pause,
            boolean deletes) {}

    List<Trouble> troubles() {
        var troubles = new ArrayList<Trouble>();
        PAUSES.forEach(pause -> troubles.add(clocks(CLOCKS, Duration.ZERO, pause)));
        PAUSES.forEach(pause -> troubles.add(clocks(CLOCKS, Duration.ofHours(1), pause)));
        Stream.concat(Stream.of(Duration.ZERO), APART.stream())
                .forEach(apart -> PAUSES.forEach(pause -> troubles.add(clocks(LATEST, apart, pause))));
        troubles.add(cut("strict", STRICT + CLOCKS, 5, Partition.Form.HALVES, false));
        troubles.add(cut("sloppy", STRICT + ",sloppy=true" + CLOCKS, 5, Partition.Form.HALVES, false));
        troubles.add(cut("sloppy", STRICT + ",sloppy=true" + LATEST, 5, Partition.Form.HALVES, false));
        troubles.add(cut("strict", STRICT + CLOCKS, 3, Partition.Form.ISOLATE, true));
        troubles.add(partial());
        return troubles;
    }

    private static Trouble clocks(String versions, Duration apart, Duration pause) {
        List<Fault> faults = apart.isZero() ? List.of() : List.of(new WallClock(Target.ANY, apart.toNanos(), 0));
        return new Trouble(
                "strict, " + words(versions),
                STRICT + versions,
                3,
                Quality.GOOD,
                apart.isZero() ? "nothing" : "a clock " + Spans.exact(apart) + " ahead",
                faults,
                Duration.ZERO,
                pause,
                false);
    }

    private static Trouble cut(String store, String variant, int nodes, Partition.Form form, boolean deletes) {
        var versions = variant.endsWith(CLOCKS) ? CLOCKS : LATEST;
        return new Trouble(
                store + ", " + words(versions) + (deletes ? ", deletes" : ""),
                variant,
                nodes,
                Quality.GOOD,
                form == Partition.Form.HALVES ? "a partition" : "a node cut off",
                List.of(new Partition(form, Target.ANY, false, 0)),
                CUT_PAUSE.minusMillis(100),
                CUT_PAUSE,
                deletes);
    }

    /** Of quorums that need not meet, on links that are slow enough to show it. */
    private Trouble partial() {
        return new Trouble(
                "R=W=1, " + words(CLOCKS),
                "quorum:replicas=3,reads=1,writes=1" + CLOCKS,
                3,
                wanted.links(),
                "slow links",
                List.of(),
                Duration.ZERO,
                PAUSES.get(0),
                false);
    }

    /** As people call them: {@code last write wins}. */
    private static String words(String versions) {
        return versions.substring(versions.indexOf('=') + 1).replace('-', ' ');
    }
}
