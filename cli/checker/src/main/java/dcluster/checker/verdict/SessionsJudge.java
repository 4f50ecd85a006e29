package dcluster.checker.verdict;

import dcluster.checker.finding.Judgement;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import dcluster.checker.session.Guarantee;
import dcluster.checker.session.SessionGuarantees;
import dcluster.checker.session.Sessions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Judges whether each session saw its own writes, and neither reads nor writes that went back. */
final class SessionsJudge implements Judge {
    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var found = Sessions.check(history);
        var written = found.onlyWritten();
        var guarantees = found.together(EnumSet.allOf(Guarantee.class));
        return Judgements.ruling(
                worse(written, guarantees),
                "all four guarantees hold together in " + Texts.count(found.sessions(), "session"),
                "session guarantee broken",
                figures(found),
                observed(history));
    }

    /** What a session saw is held against what it saw or wrote before, of a register to which somebody wrote. */
    private static Observed observed(History history) {
        long count = history.byKey().values().stream()
                .filter(operations -> operations.stream().anyMatch(Access::writes))
                .mapToLong(SessionsJudge::laterReads)
                .sum();
        return new Observed(count, "no session read a register that it had read or written before");
    }

    private static long laterReads(List<Operation> ofKey) {
        var sessions = new HashSet<Long>();
        long count = 0;
        for (var operation : ofKey) {
            boolean isLater = sessions.contains(operation.client());
            count += isLater && Access.reads(operation) ? 1 : 0;
            if (Access.reads(operation) || Access.writes(operation)) {
                sessions.add(operation.client());
            }
        }
        return count;
    }

    private static Judgement worse(Judgement one, Judgement other) {
        return one.answer().compareTo(other.answer()) >= 0 ? one : other;
    }

    private static Map<String, Object> figures(SessionGuarantees found) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("sessions", found.sessions());
        figures.put("conflicts", found.conflicts().size());
        var each = new LinkedHashMap<String, Object>();
        for (var guarantee : Guarantee.values()) {
            each.put(guarantee.word(), found.judge(guarantee).answer().name().toLowerCase(Locale.ROOT));
        }
        figures.put("guarantees", each);
        return figures;
    }
}
