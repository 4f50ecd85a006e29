package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import dcluster.checker.staleness.Reads;
import dcluster.checker.staleness.Staleness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Judges how many versions, and for how long, reads were behind. */
final class StalenessJudge implements Judge {
    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var found = Reads.measure(history);
        var bound = terms.demands().staleness();
        return Judgements.ruling(
                found.judge(bound),
                Texts.count(found.reads(), "read") + (found.reads() == 1 ? " was " : " were ") + bound + "; "
                        + String.format(Locale.ROOT, "%.1f %%", 100 * found.staleShare()) + " were behind at all",
                "stale read",
                figures(found),
                observed(history));
    }

    /** A read can only be behind if somebody had begun to write before it began. */
    private static Observed observed(History history) {
        long count = history.byKey().values().stream()
                .mapToLong(StalenessJudge::readsOfWritten)
                .sum();
        return new Observed(count, "no read that ended with ok began after a write of the same key");
    }

    private static long readsOfWritten(List<Operation> ofKey) {
        boolean isWritten = false;
        long count = 0;
        for (var operation : ofKey) {
            count += isWritten && Access.reads(operation) ? 1 : 0;
            isWritten |= Access.writes(operation);
        }
        return count;
    }

    private static Map<String, Object> figures(Staleness found) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("reads", found.reads());
        figures.put("staleReads", found.stale());
        figures.put("versionsP50", found.versions().p50());
        figures.put("versionsP99", found.versions().p99());
        figures.put("versionsMax", found.versions().max());
        figures.put("millisP50", millis(found.nanos().p50()));
        figures.put("millisP99", millis(found.nanos().p99()));
        figures.put("millisMax", millis(found.nanos().max()));
        return figures;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
