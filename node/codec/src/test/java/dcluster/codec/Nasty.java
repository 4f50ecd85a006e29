package dcluster.codec;

import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.DurationRange;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A schema with everything that a codec has to cope with. */
sealed interface Nasty {
    record Nothing() implements Nasty {}

    record Numbers(byte tiny, short small, int medium, long large, double real, boolean yes) implements Nasty {}

    record Boxes(Boolean yes, Integer medium, Long large) implements Nasty {}

    record Values(String text, Bytes bytes, NodeId node, Duration time, DurationRange range, ByteSize size)
            implements Nasty {}

    record Containers(
            Optional<Optional<Long>> perhaps,
            List<List<Boolean>> table,
            List<Void0> voids,
            Map<NodeId, List<String>> byNode,
            Map<Suit, Optional<Void0>> bySuit)
            implements Nasty {}

    /** Takes no bytes but the one that keeps lists of it within bounds. */
    record Void0() {}

    /** A record in itself, without a sealed interface between. */
    record Tree(long value, List<Tree> children) implements Nasty {
        public Tree {
            children = List.copyOf(children);
        }
    }

    /** A record that leads to itself by way of the whole schema. */
    record Envelope(Optional<Nasty> content, Inner inner) implements Nasty {}

    /** Sealed below sealed, with a member that is reached on two ways. */
    sealed interface Inner extends Nasty {}

    sealed interface Other extends Nasty {}

    record Both(Suit suit) implements Inner, Other {}

    record OneSide(NodeId from, NodeId to) implements Inner {}

    /** Constants with a class of their own. */
    enum Suit {
        SPADES,
        HEARTS {
            @Override
            boolean isRed() {
                return true;
            }
        };

        boolean isRed() {
            return false;
        }
    }

    /** Refuses in each way in which constructors happen to. */
    record Picky(int divisor, Optional<Long> index, List<Integer> few) implements Nasty {
        private static final List<String> NAMES = List.of("zero", "one", "two");

        public Picky {
            Objects.checkIndex(few.size(), NAMES.size());
            if (10 / divisor > 5) {
                throw new IllegalArgumentException("too small a divisor: " + divisor);
            }
            Objects.requireNonNull(index.filter(i -> i != 7).orElse(index.isPresent() ? null : 0L));
            var first = new ArrayDeque<>(few).pop();
            if (first < 0) {
                throw new IllegalStateException("the first is not negative");
            }
        }
    }

    /** Brings what it is given into an order. */
    record Sorted(List<Long> ascending) implements Nasty {
        public Sorted {
            ascending = ascending.stream().sorted().toList();
        }
    }
}
