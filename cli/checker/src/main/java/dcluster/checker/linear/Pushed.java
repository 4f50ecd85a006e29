package dcluster.checker.linear;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list that grows at its end and shares all the rest. Of those that grew from one {@linkplain #root root}
 * equal lists are one object. Any element is found in logarithmic time by jumps back (Myers 1983, "An applicative
 * random-access stack"). For use by one thread at a time.
 */
final class Pushed {
    private static final int SHOWN = 20;

    private final Pushed root;
    private final Pushed before;
    private final Pushed jump;
    private final @Nullable Object last;
    private final int size;

    // The lists that are longer by one; there is seldom more than one of them.
    private @Nullable Pushed longer;
    private @Nullable Map<Object, Pushed> others;

    private Pushed() {
        root = this;
        before = this;
        jump = this;
        last = null;
        size = 0;
    }

    private Pushed(Pushed before, Object last) {
        this.before = before;
        this.last = last;
        root = before.root;
        var far = before.jump;
        jump = before.size - far.size == far.size - far.jump.size ? far.jump : before;
        size = before.size + 1;
    }

    /** An empty list. */
    static Pushed newRoot() {
        return new Pushed();
    }

    /** The empty list that it grew from. */
    Pushed root() {
        return root;
    }

    Pushed with(Object element) {
        if (longer == null) {
            longer = new Pushed(this, element);
        }
        if (element.equals(longer.last)) {
            return longer;
        }
        if (others == null) {
            others = new HashMap<>();
        }
        return others.computeIfAbsent(element, other -> new Pushed(this, other));
    }

    int size() {
        return size;
    }

    /** The element of that number, from 0. */
    Object get(int index) {
        var at = this;
        while (at.size > index + 1) {
            at = at.jump.size > index ? at.jump : at.before;
        }
        return Objects.requireNonNull(at.last);
    }

    /** The elements from a number on; those in the middle are left out if there are many. */
    String text(int from) {
        var text = new StringBuilder("[");
        for (int i = from; i < size; i++) {
            if (i == from + SHOWN / 2 && size - i > SHOWN / 2) {
                text.append(", ...");
                i = size - SHOWN / 2;
            }
            text.append(i == from ? "" : ", ").append(get(i));
        }
        return text.append(']').toString();
    }

    @Override
    public String toString() {
        return text(0);
    }
}
