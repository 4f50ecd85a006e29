package dcluster.lab.mutants;

import dcluster.lab.mutants.Mutation.Edit;
import java.util.List;

/** Mistakes that implementations of Paxos are known to have made. */
final class PaxosMutations {
    private static final String ACCEPTOR = "Acceptor.java";
    private static final String LEADERSHIP = "Leadership.java";
    private static final String PROPOSER = "Proposer.java";

    private PaxosMutations() {}

    static List<Mutation> all() {
        return List.of(
                forgetsItsPromise(),
                forgetsWhatItAccepted(),
                reusesABallot(),
                adoptsAnyValue(),
                appliesPastAHole(),
                choosesByTooFew(),
                promisesBeforeDurable(),
                learnsFromAnyBallot(),
                promisesAtOnceAfterAWipe());
    }

    private static Mutation forgetsItsPromise() {
        return new Mutation(
                "paxos-forgets-its-promise",
                "A promise is kept in memory alone, so that an acceptor which was restarted accepts what it has promised"
                        + " not to.",
                2,
                new Edit(
                        ACCEPTOR,
                        "replica.context().journal(new Promised(ballot));",
                        "replica.durable().vows().promise(ballot);"));
    }

    private static Mutation forgetsWhatItAccepted() {
        return new Mutation(
                "paxos-forgets-what-it-accepted",
                "A journal that is rewritten holds nothing of what is accepted and not known to be chosen, so that the"
                        + " next leader is not told of it.",
                4,
                new Edit("StateRecords.java", "        parts.add(accepted(durable, chunkBytes));\n", ""));
    }

    private static Mutation reusesABallot() {
        return new Mutation(
                "paxos-reuses-a-ballot",
                "A proposer counts its ballots in memory alone, and they do not say in which life of their node they were"
                        + " begun: once restarted it proposes another value in the same ballot.",
                85,
                new Edit(
                        PROPOSER,
                        "Math.max(round(replica.durable().vows().promised()), round(highest)) + 1",
                        "round(highest) + 1"),
                new Edit(
                        PROPOSER,
                        "new Ballot(round, replica.self(), replica.context().incarnation())",
                        "new Ballot(round, replica.self(), 1)"));
    }

    private static Mutation adoptsAnyValue() {
        return new Mutation(
                "paxos-adopts-any-value",
                "A new leader proposes the first value that it is told of, and not that of the highest ballot.",
                16,
                new Edit(
                        "Adoption.java",
                        "highest == null || highest.ballot().isBelow(accepted.ballot())",
                        "highest == null"));
    }

    private static Mutation appliesPastAHole() {
        return new Mutation(
                "paxos-applies-past-a-hole",
                "A leader takes everything up to an instance for chosen once that instance is, although earlier ones are"
                        + " open.",
                16,
                new Edit(LEADERSHIP, """
                                while (!open.isEmpty() && quorums.isPhase2(open.element().accepted(), replica.acceptors())) {
                                    learner.onChosen(replica.self(), ballot, open.remove().last());
                                }
                        """, """
                                for (var run : List.copyOf(open)) {
                                    if (quorums.isPhase2(run.accepted(), replica.acceptors())) {
                                        open.removeIf(earlier -> earlier.first() <= run.first());
                                        learner.onChosen(replica.self(), ballot, run.last());
                                    }
                                }
                        """));
    }

    private static Mutation choosesByTooFew() {
        return new Mutation(
                "paxos-chooses-by-too-few",
                "A value is taken for chosen by one acceptor less than a majority, which a majority of promises can miss.",
                1,
                new Edit(
                        "Quorums.java",
                        "return isPhase1(some, all);",
                        "return some.size() >= dcluster.toolkit.Quorums.majority(all.size()) - 1;"));
    }

    /** Too rare for a bound; the script {@code promise-crash} of Paxos' golden scenarios breaks by it. */
    private static Mutation promisesBeforeDurable() {
        return new Mutation(
                "paxos-promises-before-durable",
                "A promise leaves before it is durable, so that a loss of power undoes what a new leader relies on.",
                0,
                new Edit(
                        "PaxosMessage.java",
                        "long incarnation, Marks marks)\n            implements PaxosMessage {",
                        "long incarnation, Marks marks)\n            implements PaxosMessage, Eager {"),
                new Edit(
                        ACCEPTOR,
                        "replica.context()\n                .send(to, new Promise(",
                        "(to.equals(replica.self()) ? replica.context() : replica.context().eagerly())\n"
                                + "                .send(to, new Promise("));
    }

    private static Mutation learnsFromAnyBallot() {
        return new Mutation(
                "paxos-learns-from-any-ballot",
                "A learner that is told how far a leader's instances are chosen takes what it has accepted there of another"
                        + " ballot for what was chosen.",
                3,
                new Edit(
                        "Learner.java",
                        "replica.durable().chosen() < through && proposal.ballot().equals(ballot)",
                        "replica.durable().chosen() < through"));
    }

    private static Mutation promisesAtOnceAfterAWipe() {
        return new Mutation(
                "paxos-promises-after-a-wipe",
                "A wiped acceptor promises before it has recovered, and so tells a proposer of nothing although it may have"
                        + " accepted what is chosen.",
                18,
                new Edit("Paxos.java", "remembering(() -> proposer.onSuspect(from, m))", "proposer.onSuspect(from, m)"),
                new Edit(
                        "Paxos.java", "remembering(() -> proposer.onPrepare(from, m))", "proposer.onPrepare(from, m)"));
    }
}
