package dcluster.checker.convergence;

import dcluster.checker.finding.Answer;
import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Judgement;
import dcluster.checker.history.Clock;
import dcluster.checker.history.Event;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks whether the nodes agreed in the end, after a note that all faults are over. */
public final class Heal {
    private static final String NEMESIS = "nemesis";

    private final Settling settling;
    private final History history;
    private final Set<String> nodes;

    private Heal(History history, Settling settling) {
        this.history = history;
        this.settling = settling;
        nodes = settling.nodes().isEmpty() ? named(history) : new TreeSet<>(settling.nodes());
    }

    private static Set<String> named(History history) {
        var named = new TreeSet<String>();
        history.operations().stream()
                .map(Operation::node)
                .filter(Objects::nonNull)
                .forEach(named::add);
        return named;
    }

    /**
     * Checks all keys of a history of registers.
     *
     * @throws dcluster.checker.history.UnfitException with the line, if the history has other operations than reads, writes and
     *     compare-and-sets
     */
    public static Convergence check(History history, Settling settling) {
        history.operations().forEach(Access::requireKnown);
        return new Heal(history, settling).check();
    }

    private Convergence check() {
        var heal = lastHeal();
        if (heal == null) {
            var why = "no note of the nemesis says \"" + settling.word() + "\"; write one when all faults are over";
            return new Convergence(Judgement.unknown(why), null, List.of());
        }
        var clock = new Clock(history);
        var keys = history.byKey().entrySet().stream()
                .map(key -> new FinalReads(key.getKey(), key.getValue(), heal, clock).judge(settling.time(), nodes))
                .toList();
        return new Convergence(judgement(heal, keys), heal, keys);
    }

    private @Nullable Event lastHeal() {
        return history.notes().stream()
                .filter(note -> isOfNemesis(note) && note.word().equals(settling.word()))
                .reduce((before, after) -> after)
                .orElse(null);
    }

    private static boolean isOfNemesis(Event note) {
        return note.process().equals(NEMESIS);
    }

    private Judgement judgement(Event heal, List<KeyConvergence> keys) {
        for (var note : history.notes()) {
            if (isOfNemesis(note) && note.line() > heal.line()) {
                return Judgement.unknown("after the last heal (line " + heal.line() + ") the nemesis went on: "
                        + note.word() + " (line " + note.line() + ")");
            }
        }
        if (keys.isEmpty()) {
            return Judgement.unknown("nothing was read");
        }
        var answer = keys.stream().map(key -> key.judgement().answer()).reduce(Answer.HOLDS, Answer::and);
        if (answer != Answer.VIOLATED && nodes.size() < 2) {
            return Judgement.unknown("the history names " + nodes.size() + " nodes, and it takes two to agree");
        }
        return new Judgement(answer, findings(keys, answer));
    }

    private static List<Finding> findings(List<KeyConvergence> keys, Answer answer) {
        return keys.stream()
                .filter(key -> key.judgement().answer() == answer)
                .flatMap(key -> key.judgement().findings().stream())
                .toList();
    }
}
