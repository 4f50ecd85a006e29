package dcluster.lab.mutants;

import dcluster.lab.mutants.Mutation.Edit;
import java.util.List;

/** Mistakes that quorum stores are known to have made, or that this one nearly made. */
final class QuorumMutations {
    private static final Edit SLOPPY =
            new Edit("QuorumConfig.java", "@Default(\"false\") boolean sloppy", "@Default(\"true\") boolean sloppy");

    private QuorumMutations() {}

    static List<Mutation> all() {
        return List.of(
                readsTooFew(),
                acknowledgesBeforeDurable(),
                makesAVersionAgain(),
                supersedesTheUnseen(),
                losesSiblings(),
                believesHalfADeletion(),
                isTheSameActorAgain(),
                deletesWithoutATrace(),
                takesNoRepair());
    }

    private static Mutation readsTooFew() {
        return new Mutation(
                "quorum-reads-too-few",
                "A read is answered when one owner less than R has answered, so that it may miss the latest write.",
                1,
                new Edit(
                        "Operation.java",
                        "return count(route.former()) >= needed;",
                        "return count(route.former()) >= needed - 1;"));
    }

    private static Mutation acknowledgesBeforeDurable() {
        return new Mutation(
                "quorum-answers-before-durable",
                "A replica says that it holds a version before its disk does, and may have forgotten it when it is asked.",
                43,
                new Edit(
                        "QuorumMessage.java",
                        "record WriteReply(long incarnation, List<Long> operations) implements QuorumMessage {",
                        "record WriteReply(long incarnation, List<Long> operations) implements QuorumMessage, Eager {"),
                new Edit(
                        "Quorum.java",
                        "some -> context.send(from, new WriteReply(write.incarnation(), some)));",
                        "some -> (from.equals(context.self()) ? context : context.eagerly())"
                                + ".send(from, new WriteReply(write.incarnation(), some)));"));
    }

    private static Mutation makesAVersionAgain() {
        return new Mutation(
                "quorum-makes-a-version-again",
                "A version leaves before its maker's disk knows how far it has counted, so that another one is made under"
                        + " the same number.",
                43,
                new Edit("Post.java", "config.hasVectorClocks() ? context : eager", "eager"));
    }

    private static Mutation supersedesTheUnseen() {
        return new Mutation(
                "quorum-supersedes-the-unseen",
                "A write replaces all that its replica holds, and not just what its writer had seen.",
                1,
                new Edit(
                        "Replica.java",
                        "base.with(mine.orElseThrow(), value.get(), context)",
                        "base.with(mine.orElseThrow(), value.get(), base.clock())"));
    }

    private static Mutation losesSiblings() {
        return new Mutation(
                "quorum-loses-siblings",
                "Of what another replica holds only the first version that is new is taken, and the others count as known.",
                1,
                new Edit(
                        "Versions.java",
                        "if (!clock.covers(version.dot)) {",
                        "if (!clock.covers(version.dot) && joined.isEmpty()) {"));
    }

    private static Mutation believesHalfADeletion() {
        return new Mutation(
                "quorum-believes-half-a-deletion",
                "Who deletes what somebody else has deleted already writes nothing, although that deletion may be known to"
                        + " one owner alone.",
                0,
                new Edit("Writer.java", "&& operation.known.isNone()", "&& operation.known.values().isEmpty()"));
    }

    private static Mutation isTheSameActorAgain() {
        return new Mutation(
                "quorum-is-the-same-actor-again",
                "A stand-in that has forgotten a key counts from one again under the same name.",
                84,
                SLOPPY,
                new Edit("Replica.java", "context.incarnation(), ++serial", "context.incarnation(), serial"));
    }

    private static Mutation deletesWithoutATrace() {
        return new Mutation(
                "quorum-deletes-without-a-trace",
                "A deletion is not remembered, so that an owner which did not hear of it brings the value back.",
                1,
                new Edit("Replica.java", "graves.add(key, holdings.of(key).hash());", "drop(key);"));
    }

    private static Mutation takesNoRepair() {
        return new Mutation(
                "quorum-takes-no-repair",
                "What an owner is found to lack it takes only if it has nothing of that key at all.",
                20,
                new Edit(
                        "Repairs.java",
                        "if (replica.isOwner(item.key())) {",
                        "if (replica.isOwner(item.key()) && replica.versions(item.key()).isNone()) {"));
    }
}
