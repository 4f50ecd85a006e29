package dcluster.checker.verdict;

import dcluster.checker.availability.Availability;
import dcluster.checker.availability.Demand;
import dcluster.checker.availability.Service;
import dcluster.checker.availability.Side;
import dcluster.checker.finding.Judgement;
import dcluster.checker.history.History;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Judges how clients were served: what share of them, and for how long nobody was. */
final class AvailabilityJudge implements Judge {
    private static final Duration SLICE = Duration.ofSeconds(1);

    @Override
    public boolean knowsSiblings() {
        return true;
    }

    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var found = Service.measure(history, SLICE);
        var demands = terms.demands().service();
        return Judgements.ruling(
                judge(found.all(), demands),
                told(found.all()) + (demands.isEmpty() ? "; nothing was demanded" : ", as was demanded"),
                "not served",
                figures(found),
                new Observed(found.all().answered(), "no operation was answered"));
    }

    /** By the worst answer; of several the first. */
    private static Judgement judge(Side side, List<Demand> demands) {
        var worst = Judgement.holds();
        for (var demand : demands) {
            var judgement = side.judge(demand);
            worst = judgement.answer().compareTo(worst.answer()) > 0 ? judgement : worst;
        }
        return worst;
    }

    private static String told(Side side) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * side.share()) + " of "
                + Texts.count(side.asked(), "operation") + " were answered, the longest outage lasted "
                + Texts.span(side.longestOutage());
    }

    private static Map<String, Object> figures(Availability found) {
        var figures = new LinkedHashMap<String, Object>(figures(found.all()));
        var nodes = new LinkedHashMap<String, Object>();
        found.nodes().forEach((node, side) -> nodes.put(node, figures(side)));
        figures.put("nodes", nodes);
        return figures;
    }

    private static Map<String, Object> figures(Side side) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("asked", side.asked());
        figures.put("answered", side.answered());
        figures.put("share", side.share());
        figures.put("longestOutageMillis", side.longestOutage().toMillis());
        return figures;
    }
}
