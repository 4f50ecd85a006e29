package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A vector clock (Fidge 1988; Mattern 1989; Dynamo, section 4.4): for each actor how many of its versions of a key are
 * known, be they held or superseded. Immutable.
 *
 * <p>Who knows an actor's fifth version knows its first four, for an actor makes each version from all that it holds, and
 * gives away all that it holds or nothing.
 *
 * @param dots ascending, one for each actor
 */
record Clock(List<Dot> dots) {
    /** The most actors of a context that adds any to a key: many more than a key has owners and had who stood in for them. */
    private static final int MOST_DOTS = 256;

    /** The most actors and the greatest number in a context: room for those of nodes above, and far less than overflows. */
    private static final int MOST_READ = 2 * MOST_DOTS;

    private static final long MOST = 1L << 48;

    /** One dot as text: a name, three numbers and what stands between them. */
    private static final int LONGEST_DOT = NodeId.MAX_LENGTH + 3 * 16;

    static final Clock NONE = new Clock(List.of());

    Clock {
        for (int i = 1; i < dots.size(); i++) {
            if (dots.get(i - 1).actor().compareTo(dots.get(i).actor()) >= 0) {
                throw new IllegalArgumentException(
                        "the actors of a clock ascend, and " + dots.get(i).actor() + " stands behind "
                                + dots.get(i - 1).actor());
            }
        }
        dots = List.copyOf(dots);
    }

    boolean covers(Dot dot) {
        return counter(dot.actor()) >= dot.counter();
    }

    boolean covers(Clock other) {
        for (var dot : other.dots) {
            if (!covers(dot)) {
                return false;
            }
        }
        return true;
    }

    /** How many versions of that actor are known. */
    long counter(Actor actor) {
        for (var dot : dots) {
            if (dot.actor().equals(actor)) {
                return dot.counter();
            }
        }
        return 0;
    }

    /** The least clock that covers both. */
    Clock join(Clock other) {
        if (covers(other)) {
            return this;
        }
        if (dots.isEmpty()) {
            return other;
        }
        var joined = new ArrayList<Dot>(dots.size() + other.dots.size());
        int mine = 0;
        int theirs = 0;
        while (mine < dots.size() && theirs < other.dots.size()) {
            int order = dots.get(mine).actor().compareTo(other.dots.get(theirs).actor());
            var one = order <= 0 ? dots.get(mine) : other.dots.get(theirs);
            var same = order == 0 ? other.dots.get(theirs) : one;
            joined.add(one.counter() >= same.counter() ? one : same);
            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }
        joined.addAll(dots.subList(mine, dots.size()));
        joined.addAll(other.dots.subList(theirs, other.dots.size()));
        return new Clock(joined);
    }

    Clock with(Dot dot) {
        return join(new Clock(List.of(dot)));
    }

    /** Whether an actor can count no further: only a forged context brings one there. */
    boolean isSpent(Actor actor) {
        return counter(actor) >= MOST;
    }

    /** Whether a context adds more actors to this clock than it may: it was forged, and this would grow with each such. */
    boolean isOverrunBy(Clock context) {
        int size = join(context).dots.size();
        return size > MOST_DOTS && size > dots.size();
    }

    long stateHash() {
        long hash = 0;
        for (var dot : dots) {
            hash = hash * 31 + dot.stateHash();
        }
        return hash;
    }

    // As clients see it: n1.1.4:12,n2.3.1:7, each node.incarnation.serial:counter

    Bytes context() {
        return Bytes.utf8(dots.stream().map(Dot::toString).collect(Collectors.joining(",")));
    }

    /**
     * The clock that a client was given.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Clock ofContext(Bytes context) {
        var text = context.toUtf8();
        if (text.isEmpty()) {
            return NONE;
        }
        var parts = text.split(",", MOST_READ + 1);
        if (parts.length > MOST_READ) {
            throw new IllegalArgumentException("more than " + MOST_READ + " actors");
        }
        return new Clock(Stream.of(parts).map(Clock::dot).toList());
    }

    private static Dot dot(String text) {
        var words = text.split("[.:]", -1);
        if (words.length != 4 || text.length() > LONGEST_DOT) {
            var shown = text.length() > LONGEST_DOT ? text.substring(0, LONGEST_DOT) + "..." : text;
            throw new IllegalArgumentException("'" + shown + "' is not node.incarnation.serial:counter");
        }
        return new Dot(new Actor(new NodeId(words[0]), number(words[1]), number(words[2])), number(words[3]));
    }

    private static long number(String text) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number up to " + MOST, e);
        }
        if (number > MOST) {
            throw new IllegalArgumentException(text + " is above " + MOST);
        }
        return number;
    }
}
