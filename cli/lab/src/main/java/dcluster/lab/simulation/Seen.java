package dcluster.lab.simulation;

import dcluster.spi.Bytes;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client saw last and may build upon.
 *
 * @param register the value of one, whichever it was
 * @param cart null if it has not seen any
 */
record Seen(@Nullable String register, @Nullable Cart cart) {
    static final Seen NOTHING = new Seen(null, null);

    /** All that lay in a cart, in any of its siblings, and what it takes to write in place of just these. */
    record Cart(String key, SortedSet<String> elements, Bytes context) {
        Cart {
            elements = Collections.unmodifiableSortedSet(new TreeSet<>(elements));
        }
    }

    Seen withRegister(String value) {
        return new Seen(value, cart);
    }

    Seen withCart(Cart other) {
        return new Seen(register, other);
    }
}
