package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.transaction.Anomaly;
import dcluster.checker.transaction.Isolation;
import dcluster.checker.transaction.Level;
import dcluster.checker.transaction.Phenomenon;
import dcluster.checker.transaction.TransactionModel;
import dcluster.checker.transaction.Transactions;
import dcluster.checker.verdict.Finding.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Judges whether transactions reached the level of isolation that the terms demand, and tells which they did reach. */
final class IsolationJudge implements Judge {
    private final TransactionModel model;

    IsolationJudge(TransactionModel model) {
        this.model = model;
    }

    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var found = new Transactions(model, terms.budget()).check(history);
        var demanded = terms.isolation();
        return new Ruling(
                answer(found.answer(demanded)),
                reason(found, demanded),
                findings(history, found, demanded),
                figures(found, demanded),
                TransactionReads.count(history),
                "no transaction that read anything ended with ok");
    }

    private static Answer answer(Isolation.Answer answer) {
        return switch (answer) {
            case HOLDS -> Answer.VALID;
            case VIOLATED -> Answer.INVALID;
            case UNKNOWN -> Answer.UNKNOWN;
        };
    }

    private static String reason(Isolation found, Level demanded) {
        var strongest = words(found.strongest());
        var holds = found.isComplete()
                ? strongest.equals("none")
                        ? "no level of isolation holds"
                        : "the strongest level that holds is " + strongest
                : "the time was up before all could be looked at";
        return switch (found.answer(demanded)) {
            case HOLDS -> demanded == Level.NONE ? holds : "consistent with " + demanded.word() + "; " + holds;
            case VIOLATED -> "not " + demanded.word() + "; " + holds;
            case UNKNOWN -> holds;
        };
    }

    private static String words(List<Level> levels) {
        return levels.stream().map(Level::word).collect(Collectors.joining(" and "));
    }

    private static Map<String, Object> figures(Isolation found, Level demanded) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("isolation", demanded.toString());
        if (found.isComplete()) {
            figures.put(
                    "strongest", found.strongest().stream().map(Level::toString).toList());
        }
        figures.put("committed", found.committed());
        var anomalies = new LinkedHashMap<String, Object>();
        found.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> anomalies.put(entry.getKey().word(), entry.getValue()));
        figures.put("anomalies", anomalies);
        return figures;
    }

    /** Those that forbid what is demanded: one of each phenomenon, the plainest phenomena first. */
    private static List<Finding> findings(History history, Isolation found, Level demanded) {
        var first = new LinkedHashMap<Phenomenon, Anomaly>();
        found.anomalies().stream()
                .filter(anomaly -> anomaly.phenomenon().rulesOut().contains(demanded))
                .sorted(Comparator.comparing(Anomaly::phenomenon))
                .forEach(anomaly -> first.putIfAbsent(anomaly.phenomenon(), anomaly));
        return first.values().stream()
                .limit(Verdict.MOST_FINDINGS)
                .map(anomaly -> finding(history, anomaly))
                .toList();
    }

    private static Finding finding(History history, Anomaly anomaly) {
        var witnesses = anomaly.operations().stream()
                .map(operation -> Witness.of(name(history, operation), operation))
                .toList();
        var links = new ArrayList<Link>();
        int count = anomaly.relations().size();
        for (int i = 0; i < count; i++) {
            links.add(new Link(
                    i,
                    (i + 1) % count,
                    anomaly.relations().get(i),
                    anomaly.reasons().get(i)));
        }
        return new Finding(
                anomaly.phenomenon().word(),
                null,
                List.of(),
                witnesses,
                anomaly.reasons(),
                links,
                anomaly.isSmallest());
    }

    /** Of the transactions, which are in order of their invocations, the first is T1. */
    private static String name(History history, Operation operation) {
        int low = 0;
        int high = history.operations().size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.operations().get(middle).invoked() < operation.invoked()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return "T" + (low + 1);
    }
}
