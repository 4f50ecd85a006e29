package dcluster.spi;

import java.util.List;
import java.util.stream.Stream;

/** What a command that took effect found or made; {@link Command} says which one answers which. */
public sealed interface Result {
    /** Of a value beside its own bytes, at most. */
    int OVERHEAD_BYTES = 16;

    /** Not less than it takes in a message. */
    default long bytes() {
        return OVERHEAD_BYTES;
    }

    /** The key holds this text. */
    record Found(Bytes value) implements Result {
        @Override
        public long bytes() {
            return weight(value);
        }
    }

    /** The key holds nothing. */
    record Absent() implements Result {}

    /**
     * The values that concurrent writes have left, in an order that depends on them alone, and what {@link Command.Merge}
     * needs to replace just these.
     *
     * @param context opaque to clients, but text, so that people can hand it on; at most a few kilobytes
     */
    record Siblings(List<Bytes> values, Bytes context) implements Result {
        public Siblings {
            values = List.copyOf(values);
        }

        @Override
        public long bytes() {
            return weight(values) + weight(context);
        }
    }

    /** A count, a length or a sum. */
    record WholeNumber(long value) implements Result {}

    /** Whether a conditional command's condition held, and so whether it wrote. */
    record Applied(boolean applied) implements Result {}

    /** Elements of a list, in its order. */
    record Elements(List<Bytes> elements) implements Result {
        public Elements {
            elements = List.copyOf(elements);
        }

        @Override
        public long bytes() {
            return weight(elements);
        }
    }

    /** The results of a transaction's commands, in their order. */
    record Each(List<Result> results) implements Result {
        public Each {
            results = List.copyOf(results);
        }

        @Override
        public long bytes() {
            long sum = OVERHEAD_BYTES;
            for (var result : results) {
                sum += result.bytes();
            }
            return sum;
        }
    }

    /** What an {@link Command.Operation operator} is shown: named columns, at least one, and rows just as wide. */
    record Table(List<String> columns, List<List<String>> rows) implements Result {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a table has a column");
            }
            for (var row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "a row is as wide as its table: columns=" + columns.size() + " row=" + row.size());
                }
            }
        }

        @Override
        public long bytes() {
            return Stream.concat(Stream.of(columns), rows.stream())
                    .flatMap(List::stream)
                    .mapToLong(text -> weight(Bytes.utf8(text)))
                    .sum();
        }
    }

    private static long weight(Bytes value) {
        return OVERHEAD_BYTES + (long) value.size();
    }

    private static long weight(List<Bytes> values) {
        long sum = OVERHEAD_BYTES;
        for (var value : values) {
            sum += weight(value);
        }
        return sum;
    }
}
