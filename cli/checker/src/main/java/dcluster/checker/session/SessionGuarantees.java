package dcluster.checker.session;

import dcluster.checker.finding.Answer;
import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Judgement;
import dcluster.checker.history.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a check of sessions found.
 *
 * @param sessions how many there were
 * @param conflicts of each key the smallest sets of guarantees that do not hold together
 * @param unwritten reads of what nobody had begun to write: no store may return it; the guarantees are judged without
 *     them
 * @param doubtful the answers of the keys on which not all guarantees hold together
 */
public record SessionGuarantees(
        long sessions, List<Conflict> conflicts, List<Operation> unwritten, List<Together> doubtful) {
    /** So many reads of what nobody had begun to write are told. */
    private static final int SHOWN = 10;

    public SessionGuarantees {
        conflicts = List.copyOf(conflicts);
        unwritten = List.copyOf(unwritten);
        doubtful = List.copyOf(doubtful);
    }

    /** Whether reads returned only what somebody had begun to write. */
    public Judgement onlyWritten() {
        var findings = unwritten.stream()
                .limit(SHOWN)
                .map(read -> new Finding(
                        List.of(read), read + " (line " + read.ended() + "): nobody had begun to write that"))
                .toList();
        return findings.isEmpty() ? Judgement.holds() : Judgement.violated(findings);
    }

    /** Whether all of these hold at once, on each key. */
    public Judgement together(Set<Guarantee> guarantees) {
        var answer = doubtful.stream().map(key -> key.of(guarantees)).reduce(Answer.HOLDS, Answer::and);
        return judgement(answer, conflicts.stream().filter(conflict -> guarantees.containsAll(conflict.guarantees())));
    }

    /** Whether one holds, with nothing known of the others. */
    public Judgement judge(Guarantee guarantee) {
        return judge(guarantee, Set.of());
    }

    /**
     * Whether one holds, where others are known to: violated if it cannot hold beside them, unknown if it or a guarantee
     * that is not given is violated. With monotonic writes given, versions that one session wrote have its order.
     */
    public Judgement judge(Guarantee guarantee, Set<Guarantee> given) {
        var answer = doubtful.stream().map(key -> key.of(guarantee, given)).reduce(Answer.HOLDS, Answer::and);
        var both = EnumSet.of(guarantee);
        both.addAll(given);
        var speaking = conflicts.stream()
                .filter(conflict -> answer == Answer.VIOLATED
                        ? both.containsAll(conflict.guarantees())
                        : conflict.guarantees().contains(guarantee) || given.containsAll(conflict.guarantees()));
        return judgement(answer, speaking);
    }

    private static Judgement judgement(Answer answer, Stream<Conflict> conflicts) {
        var findings = conflicts.map(Conflict::finding).toList();
        if (answer == Answer.HOLDS) {
            return Judgement.holds();
        }
        return answer == Answer.UNKNOWN && findings.isEmpty()
                ? Judgement.unknown("values were written more than once, and there are too many ways to tell which"
                        + " write a read saw; let each write have a value of its own")
                : new Judgement(answer, findings);
    }
}
