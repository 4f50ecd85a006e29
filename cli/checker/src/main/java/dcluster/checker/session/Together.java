package dcluster.checker.session;

import dcluster.checker.finding.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** For each set of guarantees, whether they hold together on one key. */
public final class Together {
    private static final List<Set<Guarantee>> SETS = allSets();

    private final Map<Set<Guarantee>, Answer> answers = new HashMap<>();

    Together() {
        SETS.forEach(set -> answers.put(set, Answer.HOLDS));
    }

    private static List<Set<Guarantee>> allSets() {
        var sets = new ArrayList<Set<Guarantee>>();
        sets.add(Set.of());
        for (var guarantee : Guarantee.values()) {
            List.copyOf(sets).forEach(set -> sets.add(with(set, guarantee)));
        }
        sets.sort(Comparator.comparingInt(Set::size));
        return List.copyOf(sets);
    }

    private static Set<Guarantee> with(Set<Guarantee> set, Guarantee guarantee) {
        var both = EnumSet.of(guarantee);
        both.addAll(set);
        return both;
    }

    /** All sets, a smaller one before a larger one. */
    static List<Set<Guarantee>> sets() {
        return SETS;
    }

    void set(Set<Guarantee> guarantees, Answer answer) {
        answers.put(guarantees, answer);
    }

    /** Whether these hold at once. */
    public Answer of(Set<Guarantee> guarantees) {
        return answers.getOrDefault(guarantees, Answer.HOLDS);
    }

    /** Whether one guarantee holds where others certainly do. */
    public Answer of(Guarantee guarantee, Set<Guarantee> given) {
        if (of(given) == Answer.VIOLATED) {
            return Answer.UNKNOWN;
        }
        if (of(with(given, guarantee)) == Answer.VIOLATED) {
            return Answer.VIOLATED;
        }
        boolean isBeyondDoubt = SETS.stream()
                .filter(set -> set.containsAll(given) && of(set) != Answer.VIOLATED)
                .allMatch(set -> of(with(set, guarantee)) == Answer.HOLDS);
        return isBeyondDoubt ? Answer.HOLDS : Answer.UNKNOWN;
    }
}
