package dcluster.host;

import dcluster.spi.AlgorithmProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The points at which a node is to end. Each counts from the moment at which it was armed, and is met once. On the loop
 * only. As long as none is armed, all that is asked on the way of a request is whether one is.
 */
public final class Points {
    /** What a host sends and hears besides the algorithm's messages: commands on their way, and their answers. */
    private static final List<String> OF_HOST = List.of("Forward", "Answer");

    private final Class<?> messageType;
    private final Class<?> recordType;
    private final Runnable flush;
    private final List<Armed> armed = new ArrayList<>();
    private final ArrayDeque<Written> written = new ArrayDeque<>();
    private boolean isArmed;

    /** One of them, and how often it has come. */
    private static final class Armed {
        final Point point;
        final Consumer<Point> end;
        int count;

        Armed(Point point, Consumer<Point> end) {
            this.point = point;
            this.end = end;
        }

        /** Whether this is what it was armed for. */
        boolean meets(Point.Event event, String type) {
            boolean isIts = point.event() == Point.Event.EVENT
                    || (point.event() == event && point.type().equals(type));
            return isIts && ++count == point.count();
        }
    }

    /** A record that is not known to be durable yet, by its number in the life of the process. */
    private record Written(long number, String type) {}

    /** {@code flush} lets all go that was sent. */
    private Points(Class<?> messageType, Class<?> recordType, Runnable flush) {
        this.messageType = messageType;
        this.recordType = recordType;
        this.flush = flush;
    }

    /** Of an algorithm's messages and records. */
    static Points of(AlgorithmProvider<?, ?, ?, ?> provider, Runnable flush) {
        return new Points(provider.messageType(), provider.recordType(), flush);
    }

    /**
     * Whether an algorithm has what the point names.
     *
     * @throws IllegalArgumentException if it has not; it names what there is
     */
    public static void require(AlgorithmProvider<?, ?, ?, ?> provider, Point point) {
        of(provider, () -> {}).require(point);
    }

    /** The names of all records of a sealed interface, or of a record. */
    private static Stream<String> names(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Points::names)
                : Stream.of(type.getSimpleName());
    }

    /** For what has no algorithm. */
    static Points none() {
        return new Points(Void.class, Void.class, () -> {});
    }

    // Arming

    /**
     * From now on the node is to end there. {@code end} must end it at once; whatever runs on the loop is cut off then.
     *
     * @throws IllegalArgumentException if its algorithm has no such message or record; it names those that there are
     */
    public void arm(Point point, Consumer<Point> end) {
        require(point);
        armed.add(new Armed(point, end));
        isArmed = true;
    }

    private void require(Point point) {
        var known = switch (point.event().kind()) {
            case MESSAGE ->
                Stream.concat(OF_HOST.stream(), names(messageType)).sorted().toList();
            case RECORD -> names(recordType).sorted().toList();
            case NONE -> List.of("");
        };
        if (!known.contains(point.type())) {
            throw new IllegalArgumentException("no " + point.event().kind().word() + " is called '" + point.type()
                    + "'; there are " + String.join(", ", known));
        }
    }

    /** Forgets one, if it is armed. */
    public void disarm(Point point) {
        armed.removeIf(each -> each.point.equals(point));
        settle();
    }

    /** Those that are armed and were not met, in the order in which they were. */
    public List<Point> armed() {
        return armed.stream().map(each -> each.point).toList();
    }

    private void settle() {
        isArmed = !armed.isEmpty();
        if (!isArmed) {
            written.clear();
        }
    }

    boolean isArmed() {
        return isArmed;
    }

    // What comes

    /** Something is about to happen, or has just happened, to a message or record. */
    void pass(Point.Event event, Object what) {
        if (isArmed) {
            passed(event, what.getClass().getSimpleName());
        }
    }

    /** An answer is about to leave. */
    void passAnswer() {
        if (isArmed) {
            passed(Point.Event.ANSWERS, "");
        }
    }

    /** A record, the one of that number, was given to the journal. */
    void passRecord(long number, Object record) {
        if (isArmed) {
            var type = record.getClass().getSimpleName();
            written.add(new Written(number, type));
            passed(Point.Event.JOURNALS, type);
        }
    }

    /** All records up to that number are durable, and nothing that waits for them has left. */
    void passDurable(long number) {
        while (isArmed && !written.isEmpty() && written.getFirst().number <= number) {
            passed(Point.Event.DURABLE, written.removeFirst().type);
        }
    }

    private void passed(Point.Event event, String type) {
        for (var each : List.copyOf(armed)) {
            if (each.meets(event, type)) {
                armed.remove(each);
                settle();
                meet(each, event);
            }
        }
    }

    private void meet(Armed met, Point.Event event) {
        if (event == Point.Event.SENDS || event == Point.Event.SENT) {
            // What the turn has sent before would otherwise wait for its end, and go under with it.
            flush.run();
        }
        met.end.accept(met.point);
        throw new PointMet(met.point);
    }
}
