package dcluster.simulation;

import dcluster.simulation.Fault.Partition.Form;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Plan.Planned;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Draws the faults of a run from its seed: first which kinds there are and how often each strikes, then each of them.
 * Runs that leave kinds out reach what a mix of everything never does, since one fault can hide another (Groce and
 * others 2012, "Swarm testing").
 */
public final class Swarm {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final long WIPES_SALT = 0x4d1e_5b1a_c0de_0002L;
    private static final int WIPES_ONE_IN = 3;
    private static final int LEAST_TO_RECOVER_FROM_WIPES = 3;
    private static final int LEAST_KINDS = 2;
    private static final int LEAST_FAULTS = 8;
    private static final int STORM_ONE_IN = 2;

    /** In half a minute two and a half seconds: long enough for an election and some writes. */
    private static final int RESPITE_ONE_IN = 12;

    /** What it draws from; several may be faults of one {@linkplain Fault#kind kind}. */
    public enum Kind {
        CRASH,
        POWER_LOSS("crash"),
        TORN_SYNC,
        FLAPPING("crash"),
        SHORT_REIGNS,
        USURPATIONS,
        BLACKOUT,
        PAUSE,
        PARTITION,
        FLAPPING_LINKS,
        WEATHER,
        DRIFT,
        LEAP,
        WALL_CLOCK,
        SLOW_DISK,
        FAILED_SYNC,
        WIPE;

        private static final Set<Kind> BETWEEN_MEMBERS =
                EnumSet.of(PARTITION, FLAPPING_LINKS, WEATHER, SHORT_REIGNS, USURPATIONS);

        /** Each goes on for long, and while it does hardly a write succeeds. */
        private static final Set<Kind> AGAINST_LEADERS = EnumSet.of(SHORT_REIGNS, USURPATIONS);

        /** After them clocks on walls differ; a leap is of the monotonic clock alone. */
        private static final Set<Kind> AGAINST_WALL_CLOCKS = EnumSet.of(DRIFT, WALL_CLOCK);

        private final String word;

        Kind() {
            this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        Kind(String word) {
            this.word = word;
        }

        /** The {@linkplain Fault#kind kind} of its faults. */
        public String word() {
            return word;
        }

        /**
         * What can befall so many members of an algorithm with these traits: one alone has no links, not everywhere is
         * there a leader, who trusts clocks on walls does not claim to survive that they differ, and who is wiped takes
         * a majority of others.
         */
        public static Set<Kind> among(int members, Traits traits) {
            var kinds = EnumSet.allOf(Kind.class);
            if (members < LEAST_TO_RECOVER_FROM_WIPES || !traits.has(Property.RECOVERS_FROM_WIPES)) {
                kinds.remove(WIPE);
            }
            if (members == 1) {
                kinds.removeAll(BETWEEN_MEMBERS);
            }
            if (!traits.has(Property.HAS_LEADER)) {
                kinds.removeAll(AGAINST_LEADERS);
            }
            if (traits.has(Property.TRUSTS_CLOCKS)) {
                kinds.removeAll(AGAINST_WALL_CLOCKS);
            }
            return kinds;
        }
    }

    private final SplittableRandom random;
    private final long nanos;
    private final Set<Kind> possible;
    private final List<Target> targets;
    private final List<Planned> faults = new ArrayList<>();

    private Swarm(long seed, long nanos, Set<Kind> possible, List<Target> targets) {
        this.random = new SplittableRandom(seed);
        this.nanos = nanos;
        this.possible = possible;
        this.targets = targets;
    }

    /** The faults of a run of several nodes that lasts so many nanoseconds until everything is mended. */
    public static Plan draw(long seed, long nanos) {
        return draw(seed, nanos, EnumSet.allOf(Kind.class));
    }

    /** The same; {@code possible} kinds alone, in the order of their declaration, where no coordinator is struck. */
    public static Plan draw(long seed, long nanos, Set<Kind> possible) {
        return draw(seed, nanos, possible, Target.among(false));
    }

    /** The same, against these targets, each as likely as another. */
    public static Plan draw(long seed, long nanos, Set<Kind> possible, List<Target> targets) {
        return new Swarm(seed, nanos, possible, targets).draw(seed);
    }

    /** Faults of these kinds alone, each at intervals around the given one, nanoseconds from 1. */
    public static List<Planned> draw(long seed, long nanos, Map<Kind, Long> intervals, List<Target> targets) {
        var swarm = new Swarm(seed, nanos, intervals.keySet(), targets);
        new TreeMap<>(intervals).forEach(swarm::strike);
        swarm.faults.sort(Comparator.comparingLong(Planned::at));
        return swarm.faults;
    }

    /** The {@linkplain Fault#kind kinds} of faults that are drawn from these. */
    public static Set<String> words(Set<Kind> possible) {
        return possible.stream().map(kind -> kind.word).collect(Collectors.toCollection(TreeSet::new));
    }

    private Plan draw(long seed) {
        boolean isStorm = possible.containsAll(Kind.AGAINST_LEADERS) && random.nextInt(STORM_ONE_IN) == 0;
        var kinds = kinds(isStorm ? Kind.AGAINST_LEADERS : Set.of());
        if (isStorm) {
            faults.addAll(new Storm(random, nanos).draw());
        } else {
            kinds.forEach(this::strike);
        }
        while (faults.size() < LEAST_FAULTS) {
            kinds.forEach(kind -> add(random.nextLong(nanos), kind));
        }
        strikeWithWipes(seed);
        rest(isStorm);
        faults.sort(Comparator.comparingLong(Planned::at));
        return new Plan(seed, nanos, faults);
    }

    /**
     * In some runs disks are lost, storm or not. Drawn apart, so that all else is the same where they cannot be: what
     * recovers from that is to be compared with what it was before it did.
     */
    private void strikeWithWipes(long seed) {
        var apart = new SplittableRandom(seed ^ WIPES_SALT);
        if (possible.contains(Kind.WIPE) && apart.nextInt(WIPES_ONE_IN) == 0) {
            var wipes = new Swarm(apart.nextLong(), nanos, possible, targets);
            wipes.strike(Kind.WIPE);
            faults.addAll(wipes.faults);
        }
    }

    private Set<Kind> kinds(Set<Kind> without) {
        var kinds = EnumSet.noneOf(Kind.class);
        while (kinds.size() < LEAST_KINDS) {
            for (var kind : possible) {
                if (kind != Kind.WIPE && random.nextInt(3) == 0) {
                    kinds.add(kind);
                }
            }
            kinds.removeAll(without);
        }
        return kinds;
    }

    /** For a while nothing is broken, for where everything strikes at once no write ever succeeds. */
    private void rest(boolean atTheEnd) {
        long respite = nanos / RESPITE_ONE_IN;
        long from = atTheEnd ? nanos - respite : random.nextLong(nanos - respite);
        long until = from + respite;
        faults.removeIf(each -> each.at() >= from && each.at() < until);
        faults.replaceAll(each -> each.at() < from ? each.endingBy(from) : each);
    }

    /** Faults of one kind, at intervals around one that is drawn for the run. */
    private void strike(Kind kind) {
        long most = kind == Kind.FLAPPING ? SECOND : 8 * SECOND;
        strike(
                kind,
                Kind.AGAINST_LEADERS.contains(kind)
                        ? random.nextLong(8 * SECOND, 30 * SECOND)
                        : random.nextLong(most / 16, most));
    }

    private void strike(Kind kind, long mean) {
        for (long at = random.nextLong(mean); at < nanos; at += random.nextLong(mean / 4, mean * 7 / 4)) {
            add(at, kind);
        }
    }

    private void add(long at, Kind kind) {
        faults.add(new Planned(at, fault(kind)));
    }

    private Fault fault(Kind kind) {
        return switch (kind) {
            case CRASH -> new Fault.Crash(target(), false, brief(3 * SECOND));
            case POWER_LOSS -> new Fault.Crash(target(), true, brief(3 * SECOND));
            case TORN_SYNC -> new Fault.TornSync(target(), random.nextInt(4) == 0, brief(2 * SECOND));
            case FLAPPING -> new Fault.Crash(target(), random.nextInt(4) == 0, brief(20 * MILLISECOND));
            case SHORT_REIGNS ->
                new Fault.ShortReigns(random.nextBoolean(), brief(40 * MILLISECOND), brief(SECOND), brief(10 * SECOND));
            case USURPATIONS ->
                new Fault.Usurpations(random.nextBoolean(), brief(SECOND), brief(3 * SECOND), brief(10 * SECOND));
            case BLACKOUT -> new Fault.Blackout(random.nextBoolean(), brief(2 * SECOND));
            case PAUSE -> new Fault.Pause(target(), brief(3 * SECOND));
            case PARTITION -> new Fault.Partition(form(), target(), random.nextBoolean(), brief(6 * SECOND));
            case FLAPPING_LINKS -> new Fault.FlappingLinks(form(), target(), brief(2 * SECOND), brief(10 * SECOND));
            case WEATHER -> new Fault.Weather(quality(), brief(10 * SECOND));
            case DRIFT -> new Fault.Drift(target(), random.nextLong(-200_000, 200_000), brief(10 * SECOND));
            case LEAP -> new Fault.Leap(target(), brief(2 * SECOND), SECOND);
            case WALL_CLOCK -> new Fault.WallClock(target(), random.nextLong(-3600, 3600) * SECOND, brief(10 * SECOND));
            case SLOW_DISK -> new Fault.SlowDisk(target(), brief(1000 * MILLISECOND), brief(5 * SECOND));
            case FAILED_SYNC -> new Fault.FailedSync(target(), brief(2 * SECOND));
            case WIPE -> new Fault.Wipe(target(), brief(2 * SECOND));
        };
    }

    private Target target() {
        return targets.get(random.nextInt(targets.size()));
    }

    private Form form() {
        var forms = Form.values();
        return forms[random.nextInt(forms.length)];
    }

    /** More often short than long. */
    private long brief(long most) {
        double share = random.nextDouble();
        return MILLISECOND + (long) (share * share * most);
    }

    private Quality quality() {
        var quality = Quality.GOOD
                .slower(brief(60 * MILLISECOND), brief(200 * MILLISECOND))
                .with(some(0.3), some(0.2), some(0.5));
        return random.nextInt(4) == 0 ? quality.withLongTail() : quality;
    }

    private double some(double most) {
        return random.nextInt(3) == 0 ? 0 : random.nextDouble(most);
    }
}
