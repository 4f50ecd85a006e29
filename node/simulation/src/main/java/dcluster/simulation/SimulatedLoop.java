package dcluster.simulation;

import dcluster.host.Loop;
import dcluster.host.PointMet;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The loop of one life of a node. What is given to it while it is idle runs together a moment later, and how much later
 * is drawn: that moment is when a turn ends, and what comes until then belongs to it. A paused loop runs nothing, and
 * finds everything when it goes on.
 */
final class SimulatedLoop implements Loop {
    private record Alarm(long at, long order, Runnable task) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final Agenda agenda;
    private final NodeClock clock;
    private final LongSupplier delay;
    private final Runnable turned;
    private final Consumer<Throwable> broke;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private long alarmCount;
    private long armedFor = Long.MAX_VALUE;
    private boolean asked;
    private boolean paused;
    private boolean ended;

    /**
     * {@code delay} draws how many nanoseconds pass until what waits is run, {@code turned} is told after that, and
     * {@code broke} of what a task throws, which ends its node.
     */
    SimulatedLoop(Agenda agenda, NodeClock clock, LongSupplier delay, Runnable turned, Consumer<Throwable> broke) {
        this.agenda = agenda;
        this.clock = clock;
        this.delay = delay;
        this.turned = turned;
        this.broke = broke;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        ask();
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        alarms.add(new Alarm(clock.nowNanos() + delayNanos, alarmCount++, task));
        arm();
    }

    private void ask() {
        if (!asked && !paused && !ended) {
            asked = true;
            agenda.after(delay.getAsLong(), this::run);
        }
    }

    private void run() {
        asked = false;
        if (paused || ended) {
            return;
        }
        for (int count = tasks.size(); count > 0 && !ended; count--) {
            run(tasks.remove());
        }
        turned.run();
        if (!tasks.isEmpty()) {
            ask();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (PointMet e) {
            // The node has ended there, and with it all that the task had yet to do.
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException | Error e) {
            broke.accept(e);
        }
    }

    /** Sees to it that the loop looks at its clock when the first alarm is due. */
    private void arm() {
        if (alarms.isEmpty() || paused || ended) {
            return;
        }
        long moment = clock.when(alarms.element().at);
        if (moment < armedFor) {
            armedFor = moment;
            agenda.at(moment, () -> ring(moment));
        }
    }

    private void ring(long moment) {
        if (armedFor == moment) {
            armedFor = Long.MAX_VALUE;
        }
        while (!alarms.isEmpty() && !paused && alarms.element().at - clock.nowNanos() <= 0) {
            execute(alarms.remove().task);
        }
        arm();
    }

    /** The clock was changed: what was due later may be due now. */
    void clockChanged() {
        armedFor = Long.MAX_VALUE;
        arm();
    }

    /** How much waits to be run. */
    int waiting() {
        return tasks.size();
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        if (!tasks.isEmpty()) {
            ask();
        }
        armedFor = Long.MAX_VALUE;
        arm();
    }

    /** Nothing runs any more: the process is dead. */
    void end() {
        ended = true;
        tasks.clear();
        alarms.clear();
    }
}
