package dcluster.app.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What clients counted together in one window.
 *
 * @param seconds how long it was
 * @param endings how many requests ended in each way
 * @param begunAgain how often the cluster itself began a transaction again that had lost
 * @param latencies of what was committed, in nanoseconds
 * @param trouble one of the errors; empty if there was none
 */
record Measured(double seconds, Map<Ending, Long> endings, long begunAgain, Histogram latencies, String trouble) {
    static Measured of(List<LoadClient> clients, double seconds, long begunAgain) {
        var latencies = new Histogram(3);
        clients.forEach(client -> latencies.add(client.latencies()));
        var endings = new EnumMap<Ending, Long>(Ending.class);
        for (var ending : Ending.values()) {
            endings.put(
                    ending,
                    clients.stream().mapToLong(client -> client.count(ending)).sum());
        }
        var trouble = clients.stream()
                .map(LoadClient::trouble)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new Measured(seconds, endings, begunAgain, latencies, trouble);
    }

    long count(Ending ending) {
        return endings.getOrDefault(ending, 0L);
    }

    /** Of all requests. */
    long count() {
        return Arrays.stream(Ending.values()).mapToLong(this::count).sum();
    }

    double committedPerSecond() {
        return count(Ending.COMMITTED) / seconds;
    }

    /** So many percent of what was committed took no longer; not a number if nothing was. */
    double millis(double percent) {
        return count(Ending.COMMITTED) == 0 ? Double.NaN : latencies.getValueAtPercentile(percent) / 1e6;
    }
}
