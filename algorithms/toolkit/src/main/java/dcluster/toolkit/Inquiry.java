package dcluster.toolkit;

import dcluster.spi.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a wiped node asks the others in order to recover (Liskov and Cowling 2012, "Viewstamped Replication Revisited",
 * section 4.3), and what their answers amount to. Enough of the others have to answer one
 * question that any quorum of earlier times has one among them besides the asker, which tells how far promises went. Not thread-safe.
 *
 * @param <P> what replicas promise and leaders lead under: a term, a ballot
 */
public final class Inquiry<P extends Comparable<P>> {
    /** One question: of which incarnation of the asker, and which of its questions, from 1. Never asked twice. */
    public record Nonce(long incarnation, long number) {
        public Nonce {
            if (incarnation < 1 || number < 1) {
                throw new IllegalArgumentException("incarnation=" + incarnation + " number=" + number);
            }
        }
    }

    /**
     * What a node answers that has forgotten nothing, after it has durably marked the asker.
     *
     * @param incarnation its own
     * @param promised the greatest that it knows of
     * @param leads whether it leads under that
     * @param last up to where its log reaches, or its sequence of slots
     */
    public record Answer<P>(long incarnation, P promised, boolean leads, long last, Marks marks) {}

    private final List<NodeId> others;
    private final Predicate<Set<NodeId>> enough;
    private final long incarnation;
    private final Map<NodeId, Answer<P>> answers = new TreeMap<>();
    private Testimony testimony;
    private long number = 1;

    /** Of an incarnation of a node that asks these others; {@code enough} tells which of them must have answered. */
    public Inquiry(List<NodeId> others, Predicate<Set<NodeId>> enough, long incarnation) {
        this.others = List.copyOf(others);
        this.enough = enough;
        this.incarnation = incarnation;
        this.testimony = new Testimony(others, enough);
    }

    /** The question that waits for answers. */
    public Nonce nonce() {
        return new Nonce(incarnation, number);
    }

    /** Asks anew: what was answered before does not count. */
    public void askAgain() {
        number++;
        answers.clear();
        testimony = new Testimony(others, enough);
    }

    /** An answer came. Of one incarnation of a node the first to a question counts, so that its end does not recede. */
    public void add(NodeId from, Nonce nonce, Answer<P> answer) {
        if (nonce.equals(nonce())) {
            testimony.add(from, answer.incarnation(), answer.marks());
            answers.merge(from, answer, (before, again) -> again.incarnation() > before.incarnation() ? again : before);
        }
    }

    /** Whether enough have answered, each of which still remembers what it answered. */
    public boolean isAnswered() {
        return testimony.reached();
    }

    /** The greatest that anybody answered with. */
    public Optional<P> promised() {
        return answers.values().stream().map(Answer::promised).max(Comparator.naturalOrder());
    }

    /** What one answered that leads under the greatest that was promised, once enough have answered. */
    public Optional<Answer<P>> leader() {
        var greatest = promised();
        return isAnswered()
                ? answers.entrySet().stream()
                        .filter(each -> testimony.has(each.getKey()))
                        .map(Map.Entry::getValue)
                        .filter(answer -> answer.leads() && greatest.equals(Optional.of(answer.promised())))
                        .findFirst()
                : Optional.empty();
    }

    /** All marks of those that answered: they are the asker's from now on. */
    public Marks marks() {
        return testimony.marks();
    }
}
