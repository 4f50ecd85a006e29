package dcluster.simulation;

import dcluster.simulation.Fault.Partition.Form;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Plan.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Bad times that last most of a run, in which one leader follows the other before it has said much. What takes several
 * faults in one order hardly ever comes about where each strikes by itself: so a storm is made of few that belong
 * together, and of nothing else. Then it is calm, for in some storms no write succeeds.
 */
final class Storm {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final long ROUND = 8 * SECOND;
    private static final long BOUT = 6 * SECOND;

    private final SplittableRandom random;
    private final long nanos;
    private final List<Planned> faults = new ArrayList<>();

    /** Of a run that takes faults for so many nanoseconds. */
    Storm(SplittableRandom random, long nanos) {
        this.random = random;
        this.nanos = nanos * 3 / 4;
    }

    /** Its faults, in no order. */
    List<Planned> draw() {
        switch (random.nextInt(5)) {
            case 0 -> usurpers();
            case 1 -> quarrel();
            case 2 -> sleepers();
            default -> ballots();
        }
        return faults;
    }

    /** On good links leaders are cut off, and serve whoever asks them until they notice. */
    private void usurpers() {
        lasting(new Fault.Usurpations(
                random.nextBoolean(), random.nextLong(SECOND, 3 * SECOND), random.nextLong(SECOND, 3 * SECOND), nanos));
        strike(random.nextLong(2 * SECOND, 8 * SECOND), () -> crash(SECOND));
    }

    /** Leaders come to know what the last one left, and are gone before their own first entry is known (figure 8). */
    private void quarrel() {
        long delay = brief(60 * MILLISECOND);
        lasting(new Fault.Weather(gale(delay, 0.1), nanos));
        lasting(
                random.nextBoolean()
                        ? new Fault.Usurpations(true, 6 * delay, random.nextLong(SECOND / 2, 3 * SECOND), nanos)
                        : new Fault.ShortReigns(false, 6 * delay, random.nextLong(SECOND / 2, 3 * SECOND), nanos));
        strike(random.nextLong(3 * SECOND, 8 * SECOND), () -> crash(SECOND));
    }

    /** Leaders are cut off and stand still, and when they go on they are alone with what they knew before. */
    private void sleepers() {
        long apart = random.nextLong(3 * SECOND / 2, 4 * SECOND);
        strike(random.nextLong(apart, 2 * apart), () -> new Fault.Partition(Form.ISOLATE, Target.LEADER, true, apart));
        // The same leader is struck, for that is drawn by the moment.
        for (var isolation : List.copyOf(faults)) {
            long still = random.nextLong(SECOND / 4, 5 * SECOND / 4);
            faults.add(new Planned(isolation.at(), new Fault.Pause(Target.LEADER, still)));
        }
    }

    /**
     * Elections take longer than candidates wait, and voters do not live as long as they take. Between its bouts messages
     * are late and repeated at the worst, so that somebody leads.
     */
    private void ballots() {
        long delay = random.nextLong(20 * MILLISECOND, 120 * MILLISECOND);
        lasting(new Fault.Weather(gale(MILLISECOND, 0.6), nanos));
        strike(random.nextLong(SECOND / 20, SECOND / 3), () -> crash(10 * MILLISECOND));
        faults.removeIf(each -> each.at() % ROUND >= BOUT);
        for (long at = 0; at < nanos; at += ROUND) {
            faults.add(new Planned(at, new Fault.Weather(gale(delay, 0.6), BOUT)));
            faults.add(new Planned(at, new Fault.ShortReigns(random.nextBoolean(), 2 * delay, SECOND / 2, BOUT)));
        }
    }

    private void lasting(Fault fault) {
        faults.add(new Planned(0, fault));
    }

    private Fault crash(long most) {
        return new Fault.Crash(Target.ANY, random.nextInt(4) == 0, MILLISECOND + random.nextLong(most));
    }

    private Quality gale(long delay, double mostReordering) {
        return Quality.GOOD
                .slower(random.nextLong(delay / 4), delay)
                .with(random.nextDouble(0.1), random.nextDouble(0.5), random.nextDouble(mostReordering));
    }

    private void strike(long mean, Supplier<Fault> fault) {
        for (long at = random.nextLong(mean); at < nanos; at += random.nextLong(mean / 4, mean * 7 / 4)) {
            faults.add(new Planned(at, fault.get()));
        }
    }

    /** More often short than long. */
    private long brief(long most) {
        double share = random.nextDouble();
        return MILLISECOND + (long) (share * share * most);
    }
}
