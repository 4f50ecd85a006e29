package dcluster.checker.verdict;

import dcluster.checker.finding.Judgement;
import dcluster.checker.history.History;
import dcluster.checker.session.Guarantee;
import dcluster.checker.session.SessionGuarantees;
import dcluster.checker.session.Sessions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
                Judgements.reads(history));
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
