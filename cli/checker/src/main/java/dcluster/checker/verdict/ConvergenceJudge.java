package dcluster.checker.verdict;

import dcluster.checker.convergence.Heal;
import dcluster.checker.history.History;
import java.util.LinkedHashMap;
import java.util.function.Consumer;

/** Judges whether all nodes gave the same value of each key in the end, after a note that the faults are over. */
final class ConvergenceJudge implements Judge {
    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var found = Heal.check(history, terms.demands().settling());
        var figures = new LinkedHashMap<String, Object>();
        figures.put("keys", found.keys().size());
        figures.put("tookMillis", found.took().toMillis());
        return Judgements.ruling(
                found.judgement(),
                Texts.count(found.keys().size(), "key") + " came to one value at all nodes, the slowest "
                        + Texts.span(found.took()) + " after the last heal or write",
                "no convergence",
                figures,
                Judgements.reads(history));
    }
}
