package dcluster.lab.mutants;

import dcluster.lab.mutants.Mutation.Edit;
import java.util.List;

/** Mistakes that implementations of atomic commit are known to have made. */
final class TwoPhaseMutations {
    private static final String COORDINATOR = "Coordinator.java";
    private static final String PARTICIPANT = "Participant.java";
    private static final String BRANCHES = "Branches.java";
    private static final String BRANCH = "Branch.java";
    private static final String VOTE = "        tell(new Vote(id, Ballot.YES));\n        return true;\n";
    private static final String SHARD = "Shard.java";
    private static final String MESSAGES = "TwoPhaseMessage.java";

    private TwoPhaseMutations() {}

    static List<Mutation> all() {
        return List.of(
                votesBeforeDurable(),
                forgetsItsVoteInARewrite(),
                restartsWithoutLocks(),
                abortsAlone(),
                freesLocksAtTheVote(),
                readersLeaveEarly(),
                preparesWhatWasAborted(),
                tellsBeforeDecided(),
                carriesOutTwice(),
                presumesCommit());
    }

    private static Mutation votesBeforeDurable() {
        return new Mutation(
                "two-phase-commit-votes-too-soon",
                "A yes-vote leaves before it is durable, so that a participant which loses power does not know of what"
                        + " it has promised to commit.",
                3,
                new Edit(
                        MESSAGES,
                        "record Vote(TransactionId id, Ballot ballot) implements ToCoordinator {}",
                        "record Vote(TransactionId id, Ballot ballot) implements ToCoordinator, Eager {}"),
                new Edit(BRANCHES, VOTE, """
                                context.eagerly().send(coordinator, new Vote(id, Ballot.YES));
                                return true;
                        """));
    }

    private static Mutation forgetsItsVoteInARewrite() {
        return new Mutation(
                "two-phase-commit-forgets-a-vote",
                "A journal that is rewritten holds nothing of what is prepared, so that a vote is forgotten in the next"
                        + " restart, and the decision on it passed over.",
                8,
                new Edit(SHARD, "        rest.addAll(prepared.values());\n", ""),
                new Edit(
                        SHARD,
                        "throw new IllegalStateException(\"ended and not prepared: id=\" + id);",
                        "return ending;"));
    }

    private static Mutation restartsWithoutLocks() {
        return new Mutation(
                "two-phase-commit-restarts-free",
                "What is in doubt has no locks any more once its participant was restarted.",
                8,
                new Edit(
                        PARTICIPANT,
                        "            admission.ask(new Held(prepared.claim()), context.nowNanos());\n",
                        ""));
    }

    private static Mutation abortsAlone() {
        return new Mutation(
                "two-phase-commit-aborts-alone",
                "A participant that has voted yes and hears nothing aborts after a while, although others may have been"
                        + " told to commit.",
                8,
                new Edit(PARTICIPANT, "        doubts.ask();\n", """
                                doubts.ask();
                                for (var each : java.util.List.copyOf(shard.prepared())) {
                                    if (doubts.ageNanos(each.id()) > config.patience().toNanos()) {
                                        decision(coordinator, new Decision(each.id(), false, false));
                                    }
                                }
                        """));
    }

    private static Mutation freesLocksAtTheVote() {
        return new Mutation(
                "two-phase-commit-frees-at-vote",
                "A participant that has voted yes gives its locks to others before it knows the decision.",
                1,
                new Edit(BRANCHES, VOTE, """
                                tell(new Vote(id, Ballot.YES));
                                site.admission().release(execute.age());
                                return true;
                        """));
    }

    private static Mutation readersLeaveEarly() {
        return new Mutation(
                "two-phase-commit-early-readers",
                "A participant that only reads frees its locks as soon as it has, while others have yet to execute, so"
                        + " that another transaction may come in between.",
                53,
                new Edit(BRANCH, "            branches.drop(id());\n        }\n        tell();\n", """
                                    branches.drop(id());
                                }
                                tell();
                                if (message.part().isRead()) {
                                    branches.drop(id());
                                }
                        """),
                new Edit(BRANCHES, "            voteAgain(id);\n", """
                                    if (message.writers().contains(context.self())) {
                                        voteAgain(id);
                                    } else {
                                        tell(new Vote(id, Ballot.READ_ONLY));
                                    }
                        """));
    }

    private static Mutation preparesWhatWasAborted() {
        return new Mutation(
                "two-phase-commit-late-prepare",
                "A participant that has told another of an abort, for it has not voted, votes yes when it is asked late.",
                36,
                new Edit(
                        PARTICIPANT,
                        "branches.drop(id);\n            context.send(from, new Decision(id, false, false));",
                        "context.send(from, new Decision(id, false, false));"));
    }

    private static Mutation tellsBeforeDecided() {
        return new Mutation(
                "two-phase-commit-tells-too-soon",
                "The coordinator tells its client and the participants of a decision before it is durable, and may decide"
                        + " otherwise once it has lost power.",
                118,
                new Edit(
                        MESSAGES,
                        "boolean isAcknowledged) implements ToParticipant {}",
                        "boolean isAcknowledged) implements ToParticipant, Eager {}"),
                new Edit(
                        "Deliveries.java",
                        "context.send(node, new Decision(",
                        "context.eagerly().send(node, new Decision("),
                new Edit(
                        COORDINATOR,
                        "context.reply(transaction.request(), isCommitted",
                        "context.eagerly().reply(transaction.request(), isCommitted"));
    }

    private static Mutation carriesOutTwice() {
        return new Mutation(
                "two-phase-commit-acts-twice",
                "A decision that arrives again is carried out again.",
                1,
                new Edit(
                        PARTICIPANT,
                        "var prepared = shard.prepared(id);",
                        "var prepared = shard.prepared(id).or(() -> shard.ended(id));"),
                new Edit(SHARD, "var ending = prepared.remove(id);", """
                        var ending = prepared.containsKey(id) ? prepared.remove(id) : ended.get(id);
                                ended.put(id, ending);
                        """.stripTrailing()),
                new Edit(SHARD, "        outcomes.add(new Outcome(id, commits));\n", """
                                if (outcomes.of(id).isEmpty()) {
                                    outcomes.add(new Outcome(id, commits));
                                }
                        """),
                new Edit(SHARD, "    private final Outcomes outcomes;\n", """
                            private final Outcomes outcomes;
                            private final SortedMap<TransactionId, Prepared> ended = new TreeMap<>();

                            Optional<Prepared> ended(TransactionId id) {
                                return Optional.ofNullable(ended.get(id));
                            }
                        """));
    }

    private static Mutation presumesCommit() {
        return new Mutation(
                "two-phase-commit-presumes-commit",
                "Of a transaction without a record the coordinator says that it was committed, although its protocol"
                        + " keeps no record of aborts.",
                3,
                new Edit(COORDINATOR, "message.protocol().presumption()", "true"));
    }
}
