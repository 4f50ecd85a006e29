package dcluster.lab.mutants;

import dcluster.lab.mutants.Mutation.Edit;
import java.util.List;

/** Mistakes that implementations of Raft, or of what one stands on, are known to have made. */
final class RaftMutations {
    private static final String PROVIDER = "RaftProvider.java";
    private static final String TYPES = "RaftMessage, RaftRecord, RaftTimer, RaftConfig";

    private RaftMutations() {}

    static List<Mutation> all() {
        return List.of(
                acknowledgesBeforeDurable(),
                forgetsItsVote(),
                countsVotesWithoutTerms(),
                commitsOldTermsByCounting(),
                readsWithoutHeartbeats(),
                truncatesWithoutConflict(),
                appliesBeforeCommit(),
                reusesAnIncarnation(),
                snapshotsWithoutTheTerm(),
                heartbeatRepliesWithAMatchIndex(),
                tellsAnyNumber(),
                votesAtOnceAfterAWipe(),
                forgetsThatItWasWiped(),
                snapshotsWithoutSessions(),
                appliesASequenceAgain(),
                remembersReads(),
                forwardsReachTheNextProcess());
    }

    private static Mutation acknowledgesBeforeDurable() {
        return new Mutation(
                "raft-acknowledges-before-durable",
                "The host takes a record for durable when it is written and not yet synced, so that votes and"
                        + " acknowledgements leave which a loss of power undoes.",
                20,
                HostFlaws.acknowledgingBeforeDurable(PROVIDER, TYPES));
    }

    private static Mutation forgetsItsVote() {
        return new Mutation(
                "raft-forgets-its-vote",
                "A vote for another is kept in memory alone, so that a voter which was restarted can give a second one"
                        + " in the same term.",
                247,
                new Edit("Election.java", """
                                if (request.term() > durable.term()) {
                                    enter(request.term(), granted ? Optional.of(from) : Optional.empty());
                                } else if (granted && durable.vote() == null) {
                                    context.journal(new Term(request.term(), Optional.of(from)));
                                }
                                if (granted) {
                        """.stripTrailing(), """
                                observe(request.term());
                                if (granted) {
                                    votedIn = request.term();
                                    votedFor = from;
                        """.stripTrailing()),
                new Edit(
                        "Election.java",
                        "return term > durable.term() || durable.vote() == null || candidate.equals(durable.vote());",
                        "return term > durable.term() || candidate.equals(durable.vote())"
                                + " || (durable.vote() == null && (votedIn < term || candidate.equals(votedFor)));"),
                new Edit(
                        "Election.java",
                        "    private Testimony votes;\n",
                        "    private Testimony votes;\n    private long votedIn;\n    private @Nullable NodeId votedFor;\n"));
    }

    private static Mutation countsVotesWithoutTerms() {
        return new Mutation(
                "raft-counts-votes-without-terms",
                "A vote that arrives late is counted in the term which the candidate is in by then, although it was"
                        + " given in another.",
                110,
                new Edit(
                        "Election.java",
                        "role != Role.CANDIDATE || reply.term() != durable.term() || !reply.granted()",
                        "role != Role.CANDIDATE || !reply.granted()"));
    }

    private static Mutation commitsOldTermsByCounting() {
        return new Mutation(
                "raft-commits-by-counting",
                "A leader takes an entry of an earlier term for committed when a majority holds it, although a later"
                        + " leader may still overwrite it (section 5.4.2, figure 8).",
                1692,
                new Edit(
                        "Commitment.java",
                        "index > commit && durable.log().termAt(index) == durable.term()",
                        "index > commit"));
    }

    private static Mutation readsWithoutHeartbeats() {
        return new Mutation(
                "raft-reads-without-heartbeats",
                "A leader answers reads without a round of heartbeats, and so what is old by then when another leads"
                        + " already.",
                105,
                new Edit("Leadership.java", "reads.answer(peers.majorityRound(),", "reads.answer(Long.MAX_VALUE,"));
    }

    private static Mutation truncatesWithoutConflict() {
        return new Mutation(
                "raft-truncates-without-conflict",
                "A follower lets its log end with what an AppendEntries brings, although an old one may arrive after"
                        + " others which brought more.",
                2,
                new Edit("Following.java", """
                                while (known < entries.size()
                                        && agreesAt(first + known, entries.get(known).term())) {
                                    known++;
                                }
                        """, ""));
    }

    private static Mutation appliesBeforeCommit() {
        return new Mutation(
                "raft-applies-before-commit",
                "A replica applies whatever its log holds, committed or not.",
                1,
                new Edit("Commitment.java", "applyThrough(commit, index ->", "applyThrough(log.lastIndex(), index ->"));
    }

    private static Mutation reusesAnIncarnation() {
        return new Mutation(
                "raft-reuses-an-incarnation",
                "A restarted node takes the incarnation of its first life again, so that its new commands are taken for"
                        + " old ones, and old answers for new ones.",
                2,
                HostFlaws.reusingAnIncarnation(PROVIDER, TYPES));
    }

    private static Mutation snapshotsWithoutTheTerm() {
        return new Mutation(
                "raft-snapshots-without-the-term",
                "Whoever installs a snapshot does not keep the term of its last entry, and takes its own current term"
                        + " for it.",
                2,
                new Edit("DurableState.java", "log.reset(id.index(), id.term());", "log.reset(id.index(), term);"));
    }

    private static Mutation heartbeatRepliesWithAMatchIndex() {
        return new Mutation(
                "raft-heartbeat-acknowledges",
                "The reply to a heartbeat, which does not wait for the disk, says how far the log agrees, and counts as"
                        + " an acknowledgement.",
                37,
                new Edit(
                        "RaftMessage.java",
                        "record HeartbeatReply(long term, long round)",
                        "record HeartbeatReply(long term, long round, long matchIndex)"),
                new Edit(
                        "Following.java", "new HeartbeatReply(term, round)", "new HeartbeatReply(term, round, agreed)"),
                new Edit(
                        "Leadership.java",
                        "replication.onHeartbeatReply(progress, reply.round());",
                        "replication.onHeartbeatReply(progress, reply.round());\n"
                                + "            onAppendReply(from, new AppendReply(reply.term(), reply.matchIndex(), 1, true));"));
    }

    private static Mutation tellsAnyNumber() {
        return new Mutation(
                "raft-tells-any-number",
                "Whoever adds to a counter or a list is told a number that is not what the counter holds, or how long the"
                        + " list is.",
                1,
                new Edit(
                        "toolkit/Requests.java",
                        "reply(request, outcome);",
                        "reply(request, outcome instanceof Response.Ok ok"
                                + " && ok.result() instanceof dcluster.spi.Result.WholeNumber"
                                + " ? new Response.Ok(new dcluster.spi.Result.WholeNumber(7)) : outcome);"));
    }

    private static Mutation votesAtOnceAfterAWipe() {
        return new Mutation(
                "raft-votes-at-once-after-a-wipe",
                "A wiped replica votes before it has recovered, and so for a candidate that lacks what it acknowledged, or a"
                        + " second time in a term.",
                8,
                new Edit(
                        "Raft.java",
                        "remembering(() -> election.onRequestVote(from, m))",
                        "election.onRequestVote(from, m)"),
                new Edit("Raft.java", "remembering(() -> election.onPreVote(from, m))", "election.onPreVote(from, m)"));
    }

    private static Mutation forgetsThatItWasWiped() {
        return new Mutation(
                "raft-forgets-that-it-was-wiped",
                "A wiped replica takes its empty journal for that of a new cluster, and recovers from nothing.",
                6,
                new Edit("Amnesia.java", "context.isWiped() && replica.durable().recovered() == null", "false"));
    }

    private static Mutation snapshotsWithoutSessions() {
        return new Mutation(
                "raft-snapshots-without-sessions",
                "A snapshot leaves out what is remembered of sessions, so that a replica which begins with one applies a"
                        + " command again that is asked again, or denies that there was such a session.",
                2,
                new Edit("toolkit/Chunks.java", "mapping == null && session != 0 && addSession()", "session != 0"));
    }

    private static Mutation appliesASequenceAgain() {
        return new Mutation(
                "raft-applies-a-sequence-again",
                "A command of a session that was applied before is applied again when its client asks again.",
                1,
                new Edit(
                        "toolkit/Store.java",
                        "asked.sequence() > session.sequence()",
                        "asked.sequence() >= session.sequence()"),
                new Edit("toolkit/Capacity.java", "command.isRead() || store.hasPassed(inner)", "command.isRead()"));
    }

    private static Mutation remembersReads() {
        return new Mutation(
                "raft-remembers-reads",
                "A read in a session counts as a command that was applied, although it is in no log, so that the leader"
                        + " which answered it knows what no other replica does.",
                1,
                new Edit("toolkit/Store.java", "if (asked.isRead()) {", "if (false) {"));
    }

    /** Too rare for a bound: the shortest schedule that shows it is kept. */
    private static Mutation forwardsReachTheNextProcess() {
        return new Mutation(
                "raft-repeats-forwards",
                "A repeated forward arrives when its receiver has been killed and started again, and takes effect twice.",
                0,
                HostFlaws.forwardsOutlivingProcesses(PROVIDER, TYPES));
    }
}
