package dcluster.checker.verdict;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.linear.Explanation;
import dcluster.checker.linear.Linearity;
import dcluster.checker.linear.Linearizability;
import dcluster.checker.linear.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Judges whether the operations on each key have an order in which the object could have served them. */
final class LinearJudge implements Judge {
    private final Model model;

    LinearJudge(Model model) {
        this.model = model;
    }

    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        long keys = Counts.of(history).keys();
        var found = new Linearizability(model, terms.budget())
                .check(history, done -> stage.accept(String.format(Locale.ROOT, "%,d of %,d keys", done, keys)));
        var figures = new LinkedHashMap<String, Object>();
        figures.put("badKeys", found.bad().size());
        figures.put("undecidedKeys", found.undecided().size());
        long observations =
                history.operations().stream().filter(LinearJudge::observes).count();
        return new Ruling(
                answer(found),
                reason(found),
                findings(found),
                figures,
                observations,
                "no read of any kind ended with ok");
    }

    /** A compare-and-set says what it found, whether it was applied or not. */
    private static boolean observes(Operation operation) {
        return operation.isOk() && (operation.function().observes() || operation.function() == Function.CAS);
    }

    private static Answer answer(Linearity found) {
        if (!found.bad().isEmpty()) {
            return Answer.INVALID;
        }
        return found.undecided().isEmpty() ? Answer.VALID : Answer.UNKNOWN;
    }

    private static String reason(Linearity found) {
        int bad = found.bad().size();
        if (bad > 0) {
            return bad + " of " + Texts.count(found.keys(), "key") + (bad == 1 ? " has" : " have") + " no order";
        }
        if (found.undecided().isEmpty()) {
            return Texts.count(found.keys(), "key") + (found.keys() == 1 ? " has" : " have") + " an order";
        }
        var first = found.undecided().get(0);
        return (first.isOutOfTime() ? "the time was up" : "the memory was full") + " before "
                + found.undecided().size() + " of " + Texts.count(found.keys(), "key") + " could be decided; "
                + where(first.key()) + " after " + Texts.count(first.configurations(), "configuration");
    }

    private static String where(String key) {
        return key.isEmpty() ? "the one without a name" : "key " + key;
    }

    private static List<Finding> findings(Linearity found) {
        return found.bad().stream()
                .limit(Verdict.MOST_FINDINGS)
                .map(LinearJudge::finding)
                .toList();
    }

    private static Finding finding(Explanation bad) {
        var others = bad.others() == 0
                ? ""
                : bad.others() == 1
                        ? ", wherever the other operation on the key took effect, and whether it did"
                        : ", wherever the other " + Texts.count(bad.others(), "operation")
                                + " on the key took effect, and whether they did";
        var reason = (bad.states().isEmpty() ? "" : "from there ")
                + (bad.core().size() == 1 ? "1 is not possible" : "no order of these is possible");
        return new Finding(
                "not linearizable",
                bad.key(),
                bad.states(),
                Witness.numbered(bad.core()),
                List.of(reason + others),
                List.of(),
                bad.isSmallest());
    }
}
