package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.List;

/** What a key of the {@link Store} holds. */
sealed interface Value extends Weighed {
    /** What an element takes beside its bytes: about its length when encoded and its part of a frame. */
    int OVERHEAD_BYTES = 8;

    record Text(Bytes text, long hash, long bytes) implements Value {
        Text(Bytes text) {
            this(text, StateHash.of(text), OVERHEAD_BYTES + (long) text.size());
        }

        @Override
        public long memoryBytes() {
            return Footprint.TEXT_BYTES + Footprint.of(text);
        }
    }

    /**
     * A list. With n elements of hashes h and an odd number p, {@code sum} is
     * {@code h(0) + h(1) p + ... + h(n-1) p^(n-1)} and {@code power} is {@code p^n}, both modulo 2^64: an element at
     * either end changes them in constant time, and how the list grew leaves no trace.
     */
    record Elements(PersistentList<Bytes> elements, long sum, long power, long bytes, long memoryBytes)
            implements Value {
        static final Elements NONE = new Elements(PersistentList.empty(), 0, 1, OVERHEAD_BYTES, Footprint.LIST_BYTES);

        Elements append(List<Bytes> added) {
            var result = this;
            for (var element : added) {
                result = result.append(element);
            }
            return result;
        }

        Elements prepend(List<Bytes> added) {
            var result = this;
            for (var element : added) {
                result = result.prepend(element);
            }
            return result;
        }

        private Elements append(Bytes element) {
            return new Elements(
                    elements.append(element),
                    sum + StateHash.of(element) * power,
                    power * StateHash.PRIME,
                    bytes + OVERHEAD_BYTES + element.size(),
                    memoryBytes + Footprint.ofElement(element));
        }

        private Elements prepend(Bytes element) {
            return new Elements(
                    elements.prepend(element),
                    sum * StateHash.PRIME + StateHash.of(element),
                    power * StateHash.PRIME,
                    bytes + OVERHEAD_BYTES + element.size(),
                    memoryBytes + Footprint.ofElement(element));
        }

        /** Unlike any text's by the last step, and unlike that of a list with a different length by the power. */
        @Override
        public long hash() {
            return StateHash.mix(sum ^ StateHash.mix(power));
        }
    }
}
