package dcluster.checker.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What was found wrong: of each phenomenon all are counted, and the first few told. */
final class Findings {
    private static final int TOLD = 5;

    private final Map<Phenomenon, Integer> counts = new EnumMap<>(Phenomenon.class);
    private final Map<Phenomenon, List<Anomaly>> told = new EnumMap<>(Phenomenon.class);

    /** The transactions come first, in the anomaly's lines, then the reason, which is asked for only if it is told. */
    void add(Phenomenon phenomenon, Supplier<String> reason, Transaction... transactions) {
        if (counts.merge(phenomenon, 1, Integer::sum) > TOLD) {
            return;
        }
        var distinct = Arrays.stream(transactions).distinct().toList();
        tell(new Anomaly(
                phenomenon,
                distinct.stream().map(Transaction::operation).toList(),
                distinct.stream().map(Transaction::text).toList(),
                List.of(reason.get()),
                List.of(),
                true));
    }

    void add(Anomaly anomaly) {
        counts.merge(anomaly.phenomenon(), 1, Integer::sum);
        tell(anomaly);
    }

    private void tell(Anomaly anomaly) {
        told.computeIfAbsent(anomaly.phenomenon(), unknown -> new ArrayList<>()).add(anomaly);
    }

    List<Anomaly> anomalies() {
        return told.values().stream().flatMap(List::stream).toList();
    }

    Map<Phenomenon, Integer> counts() {
        return counts;
    }
}
