package dcluster.checker.session;

import dcluster.checker.finding.Answer;
import dcluster.checker.history.Operation;
import dcluster.checker.session.Order.Hop;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which sets of guarantees hold on one key. A read that may have seen several versions is left out at first: what is
 * violated without it is violated. Then all ways to read the history are tried if they are few, else two; what holds in
 * one of them holds.
 */
final class KeyCheck {
    /** How many operations, over all ways to read the history, are looked at for one set of guarantees. */
    private static final long MOST_WORK = 1_000_000;

    private final String key;
    private final Register register;
    private final Together answers = new Together();
    private final boolean isDoubtful;
    private final List<Conflict> conflicts = new ArrayList<>();

    /** The circle that was found last. */
    private List<Hop> circle = List.of();

    KeyCheck(String key, Register register) {
        this.key = key;
        this.register = register;
        isDoubtful = answer(EnumSet.allOf(Guarantee.class)) != Answer.HOLDS;
        if (isDoubtful) {
            Together.sets().forEach(this::judge);
        }
    }

    Together answers() {
        return answers;
    }

    /** Whether not all guarantees certainly hold together. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    /** The smallest sets that do not hold. */
    List<Conflict> conflicts() {
        return conflicts;
    }

    /** Smaller sets are judged before larger ones. */
    private void judge(Set<Guarantee> guarantees) {
        boolean isKnown = conflicts.stream().anyMatch(conflict -> guarantees.containsAll(conflict.guarantees()));
        var answer = isKnown ? Answer.VIOLATED : answer(guarantees);
        answers.set(guarantees, answer);
        if (answer == Answer.VIOLATED && !isKnown) {
            conflicts.add(conflict(guarantees));
        }
    }

    private Answer answer(Set<Guarantee> guarantees) {
        var reads = register.ambiguous();
        reads.forEach(read -> register.assign(read, Register.NONE));
        if (isContradicted(guarantees)) {
            return Answer.VIOLATED;
        }
        if (reads.isEmpty()) {
            return Answer.HOLDS;
        }
        if (assignments() * register.size() <= MOST_WORK) {
            return holdsInOne(guarantees, 0) ? Answer.HOLDS : Answer.VIOLATED;
        }
        return holdsIfAllSaw(guarantees, false) || holdsIfAllSaw(guarantees, true) ? Answer.HOLDS : Answer.UNKNOWN;
    }

    private boolean isContradicted(Set<Guarantee> guarantees) {
        circle = merged(register.contradiction(guarantees));
        return !circle.isEmpty();
    }

    /** What one session says step by step it says in one step, too. */
    private static List<Hop> merged(List<Hop> circle) {
        var merged = new ArrayList<Hop>();
        for (var hop : circle) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).leadsTo(hop)) {
                merged.set(last, merged.get(last).then(hop));
            } else {
                merged.add(hop);
            }
        }
        return merged;
    }

    /** How many ways there are to read the history; some number above what is tried if there are too many. */
    private long assignments() {
        long count = 1;
        for (int read : register.ambiguous()) {
            count *= register.candidates(read).size();
            if (count > MOST_WORK) {
                return count;
            }
        }
        return count;
    }

    private boolean holdsInOne(Set<Guarantee> guarantees, int from) {
        if (from == register.ambiguous().size()) {
            return !isContradicted(guarantees);
        }
        int read = register.ambiguous().get(from);
        for (int version : register.candidates(read)) {
            register.assign(read, version);
            if (holdsInOne(guarantees, from + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it holds if each read saw the version of its value that was begun last, or first. */
    private boolean holdsIfAllSaw(Set<Guarantee> guarantees, boolean theFirst) {
        for (int read : register.ambiguous()) {
            var candidates = register.candidates(read);
            register.assign(read, candidates.get(theFirst ? 0 : candidates.size() - 1));
        }
        return !isContradicted(guarantees);
    }

    // For people

    private Conflict conflict(Set<Guarantee> guarantees) {
        var operations = new LinkedHashSet<Operation>();
        for (var hop : circle) {
            if (hop.guarantee() != null) {
                operations.add(Objects.requireNonNull(hop.earlier()));
                operations.add(Objects.requireNonNull(hop.later()));
            }
        }
        return new Conflict(key, guarantees, List.copyOf(operations), reason());
    }

    private String reason() {
        var where = key.isEmpty() ? "" : "of " + key + ", ";
        var order = circle.stream()
                .map(hop -> String.valueOf(register.value(hop.from())))
                .collect(Collectors.joining(
                        " before ",
                        "",
                        " before " + register.value(circle.get(0).from())));
        var evidence = circle.stream().map(this::evidence).collect(Collectors.joining("; "));
        var readings = register.ambiguous().isEmpty() ? "" : ", whichever write of an equal value was read";
        return where + order + " is no order" + readings + ": " + evidence;
    }

    private String evidence(Hop hop) {
        var guarantee = hop.guarantee();
        if (guarantee == null) {
            return register.value(hop.from()) + " was there at first";
        }
        var earlier = Objects.requireNonNull(hop.earlier());
        var later = Objects.requireNonNull(hop.later());
        return "process " + earlier.client() + " " + guarantee.first() + " " + register.value(hop.from()) + " (line "
                + earlier.invoked() + ") and then " + guarantee.second() + " " + register.value(hop.to()) + " (line "
                + later.invoked() + ")";
    }
}
