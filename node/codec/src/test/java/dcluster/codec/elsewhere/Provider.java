package dcluster.codec.elsewhere;

import java.util.List;

/** What an algorithm shows of itself: of its messages nothing but their {@code Class}. */
@SuppressWarnings({"UnusedNestedClass", "UnusedMethod"}) // only reflection reaches them
public final class Provider {
    private Provider() {}

    public static Class<?> messageType() {
        return Message.class;
    }

    private sealed interface Message {}

    private record Ping(long round) implements Message {}

    private record Pong(long round, List<Secret> secrets) implements Message {}

    private record Secret(Colour colour, int weight) {
        private Secret {
            if (weight < 0) {
                throw new IllegalArgumentException("a weight is not negative: " + weight);
            }
        }
    }

    private enum Colour {
        RED,
        GREEN
    }
}
