package dcluster.lab.mutants;

import dcluster.lab.mutants.Mutation.Edit;
import java.util.List;

/** Mistakes that implementations of atomic registers are known to have made. */
final class AbdMutations {
    private AbdMutations() {}

    static List<Mutation> all() {
        return List.of(
                tagsWithoutTheWriter(), readsWithoutWriteBack(), tagsBeforeTheyAreDurable(), reusesAnIncarnation());
    }

    private static Mutation tagsWithoutTheWriter() {
        return new Mutation(
                "abd-tags-without-the-writer",
                "Tags are compared by their numbers alone, so that of two writes which counted up at the same time some"
                        + " replicas keep one and some the other.",
                3,
                new Edit(
                        "Tag.java",
                        "return byWriter != 0 ? byWriter : Long.compare(incarnation, other.incarnation);",
                        "return byWriter * 0 + bySequence;"));
    }

    private static Mutation readsWithoutWriteBack() {
        return new Mutation(
                "abd-reads-without-write-back",
                "A read answers the newest that it was told although a majority does not hold it, so that a later read"
                        + " may find what is older.",
                5,
                new Edit(
                        "Coordinator.java",
                        "if (operation.isUnanimous()) {",
                        "if (operation.isUnanimous() || operation.isRead()) {"));
    }

    private static Mutation tagsBeforeTheyAreDurable() {
        return new Mutation(
                "abd-acknowledges-before-durable",
                "A replica says that it holds a change before its disk does, and may have forgotten it when it is asked.",
                34,
                new Edit(
                        "AbdMessage.java",
                        "record PropagateReply(long incarnation, List<Long> operations) implements AbdMessage {",
                        "record PropagateReply(long incarnation, List<Long> operations) implements AbdMessage, Eager {"),
                new Edit(
                        "Abd.java",
                        "some -> context.send(from, new PropagateReply(",
                        "some -> (from.equals(context.self()) ? context : context.eagerly()).send(from, new PropagateReply("));
    }

    private static Mutation reusesAnIncarnation() {
        return new Mutation(
                "abd-reuses-an-incarnation",
                "A restarted node takes the incarnation of its first life again, and gives a tag a second time.",
                19,
                HostFlaws.reusingAnIncarnation("AbdProvider.java", "AbdMessage, AbdRecord, AbdTimer, AbdConfig"));
    }
}
