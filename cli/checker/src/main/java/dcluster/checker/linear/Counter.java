package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A counter; at first it is 0. It never overflows: whether a sum fits in so many bits depends on the order. */
record Counter(BigInteger count) implements State {
    @Override
    public @Nullable State after(Operation operation) {
        return switch (operation.function()) {
            case ADD -> new Counter(count.add(whole(Objects.requireNonNull(operation.input()))));
            case READ -> operation.output() != null && count.equals(whole(operation.output())) ? this : null;
            default -> throw new IllegalArgumentException(operation + " is no operation of a counter");
        };
    }

    static BigInteger whole(Object number) {
        return number instanceof BigInteger big ? big : BigInteger.valueOf((Long) number);
    }

    @Override
    public long bytes() {
        return count.bitLength() / 8;
    }

    @Override
    public String toString() {
        return count.toString();
    }
}
