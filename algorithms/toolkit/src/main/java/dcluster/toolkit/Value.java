package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.List;

/** What a key of the {@link Store} holds. */
sealed interface Value extends Weighed {
    /** What an element takes beside its bytes: about its length when encoded and its part of a frame. */
    int OVERHEAD_BYTES = 8;

    /** What a version takes when encoded, until a store has seen hundreds of millions of writes. */
    int VERSION_BYTES = 4;

    /** The number of the change of the store that made it, from 1. */
    long version();

    record Text(Bytes text, long version, long hash, long bytes) implements Value {
        Text(Bytes text, long version) {
            this(
                    text,
                    version,
                    StateHash.both(StateHash.of(text), version),
                    OVERHEAD_BYTES + VERSION_BYTES + (long) text.size());
        }

        @Override
        public long memoryBytes() {
            return Footprint.TEXT_BYTES + Footprint.of(text);
        }
    }

    /**
     * A list. With n elements of hashes h and an odd number p, {@code sum} is
     * {@code h(0) + h(1) p + ... + h(n-1) p^(n-1)} and {@code power} is {@code p^n}, both modulo 2^64: an element at
     * either end changes them in constant time, and how the list grew leaves no trace but the version.
     */
    record Elements(PersistentList<Bytes> elements, long version, long sum, long power, long bytes, long memoryBytes)
            implements Value {
        static final Elements NONE =
                new Elements(PersistentList.empty(), 0, 0, 1, OVERHEAD_BYTES + VERSION_BYTES, Footprint.LIST_BYTES);

        Elements append(List<Bytes> added, long madeBy) {
            var result = this;
            for (var element : added) {
                result = result.append(element, madeBy);
            }
            return result;
        }

        Elements prepend(List<Bytes> added, long madeBy) {
            var result = this;
            for (var element : added) {
                result = result.prepend(element, madeBy);
            }
            return result;
        }

        private Elements append(Bytes element, long madeBy) {
            return new Elements(
                    elements.append(element),
                    madeBy,
                    sum + StateHash.of(element) * power,
                    power * StateHash.PRIME,
                    bytes + OVERHEAD_BYTES + element.size(),
                    memoryBytes + Footprint.ofElement(element));
        }

        private Elements prepend(Bytes element, long madeBy) {
            return new Elements(
                    elements.prepend(element),
                    madeBy,
                    sum * StateHash.PRIME + StateHash.of(element),
                    power * StateHash.PRIME,
                    bytes + OVERHEAD_BYTES + element.size(),
                    memoryBytes + Footprint.ofElement(element));
        }

        /** Unlike any text's by the last step, and unlike that of a list with a different length by the power. */
        @Override
        public long hash() {
            return StateHash.both(StateHash.mix(sum ^ StateHash.mix(power)), version);
        }
    }
}
