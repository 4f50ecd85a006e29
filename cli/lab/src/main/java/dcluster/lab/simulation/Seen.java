package dcluster.lab.simulation;

import dcluster.spi.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client saw last and may build upon.
 *
 * @param register the value of one, whichever it was
 * @param cart null if it has not seen any
 * @param watched a list on which its next transaction is to depend; null if none
 */
record Seen(
        @Nullable String register,
        @Nullable Cart cart,
        @Nullable Watched watched) {
    static final Seen NOTHING = new Seen(null, null, null);

    /** All that lay in a cart, in any of its siblings, and what it takes to write in place of just these. */
    record Cart(String key, SortedSet<String> elements, Bytes context) {
        Cart {
            elements = Collections.unmodifiableSortedSet(new TreeSet<>(elements));
        }
    }

    /** A list as it was, and its version then. */
    record Watched(String key, List<String> elements, long version) {
        Watched {
            elements = List.copyOf(elements);
        }
    }

    Seen withRegister(String value) {
        return new Seen(value, cart, watched);
    }

    Seen withCart(Cart other) {
        return new Seen(register, other, watched);
    }

    Seen withWatched(@Nullable Watched other) {
        return new Seen(register, cart, other);
    }
}
