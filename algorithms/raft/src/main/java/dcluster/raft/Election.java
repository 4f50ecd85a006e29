package dcluster.raft;

import dcluster.raft.RaftMessage.PreVote;
import dcluster.raft.RaftMessage.PreVoteReply;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.StaleTerm;
import dcluster.raft.RaftMessage.TimeoutNow;
import dcluster.raft.RaftMessage.VoteReply;
import dcluster.raft.RaftRecord.Term;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.toolkit.Tally;
import dcluster.toolkit.Testimony;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Terms, votes and roles: leader election (section 5.2), its restriction to up-to-date logs (5.4.1), pre-vote (thesis,
 * 9.6), and the deafness of those who hear a leader (thesis, 4.2.3).
 */
final class Election {
    /** Is told when this replica begins and ceases to lead. */
    interface Listener {
        void elected();

        void deposed();
    }

    private final Context<RaftMessage, RaftRecord, RaftTimer> context;
    private final RaftConfig config;
    private final DurableState durable;
    private final Listener listener;
    private final List<NodeId> voters;

    private Role role = Role.FOLLOWER;
    private @Nullable NodeId leader;
    private long leaderHeardNanos;
    private Tally promises;
    private Testimony votes;

    // The election timeout: how long it is, and since when this replica has waited.
    private Duration timeout = Duration.ZERO;
    private long waitingSinceNanos;

    Election(Replica replica, Listener listener) {
        this.context = replica.context();
        this.config = replica.config();
        this.durable = replica.durable();
        this.listener = listener;
        this.voters = context.members().ids();
        this.promises = Tally.majorityOf(voters);
        this.votes = Testimony.majorityOf(voters);
    }

    void start() {
        if (role == Role.RECOVERING) {
            return;
        }
        if (mayHurry()) {
            campaign();
        } else {
            await();
        }
    }

    // Timeouts (section 5.2)

    /**
     * The first node of a cluster that has never had a leader stands at once, and again with each heartbeat interval
     * until its peers are up: nobody else is worth waiting for. Any node may stand at any time, so this is safe
     * whatever it believes.
     */
    private boolean mayHurry() {
        return context.incarnation() == 1
                && durable.term() == 0
                && durable.log().lastIndex() == 0
                && context.self().equals(voters.get(0));
    }

    private void await() {
        if (role == Role.RECOVERING) {
            return;
        }
        timeout = mayHurry()
                ? config.heartbeatInterval()
                : config.electionTimeout().draw(context.random());
        waitingSinceNanos = context.nowNanos();
        context.startTimer(RaftTimer.ELECTION, timeout);
    }

    /** A leader that is heard moves {@link #waitingSinceNanos} alone, so the timer may be early: then it runs on. */
    void onTimer() {
        var rest = timeout.minusNanos(context.nowNanos() - waitingSinceNanos);
        if (rest.isNegative() || rest.isZero()) {
            campaign();
        } else {
            context.startTimer(RaftTimer.ELECTION, rest);
        }
    }

    private void campaign() {
        leader = null;
        promises = Tally.majorityOf(voters);
        if (config.preVote()) {
            askWhetherToStand();
        } else {
            stand(false);
        }
    }

    // Pre-vote (thesis, section 9.6)

    private void askWhetherToStand() {
        standAs(Role.PRE_CANDIDATE);
        await();
        var log = durable.log();
        var question = new PreVote(durable.term() + 1, log.lastIndex(), log.lastTerm());
        toOthers(question);
        wouldVote(context.self());
    }

    /** Granted to whom a vote would be granted, unless a leader is heard. Promises nothing, and changes nothing. */
    void onPreVote(NodeId from, PreVote question) {
        boolean granted = question.term() > durable.term()
                && !hearsLeader()
                && isUpToDate(question.lastIndex(), question.lastTerm());
        context.send(from, new PreVoteReply(granted ? question.term() : durable.term(), granted));
    }

    void onPreVoteReply(NodeId from, PreVoteReply reply) {
        if (!reply.granted()) {
            observe(reply.term());
        } else if (role == Role.PRE_CANDIDATE && reply.term() == durable.term() + 1) {
            wouldVote(from);
        }
    }

    private void wouldVote(NodeId voter) {
        promises.add(voter);
        if (promises.reached()) {
            stand(false);
        }
    }

    // Votes (section 5.2)

    /** A new term, a vote for itself, and once that is durable the question to all; its own vote counts no sooner. */
    private void stand(boolean ordered) {
        long term = durable.term() + 1;
        context.journal(new Term(term, Optional.of(context.self())));
        standAs(Role.CANDIDATE);
        votes = Testimony.majorityOf(voters);
        await();
        var log = durable.log();
        toOthers(new RequestVote(term, log.lastIndex(), log.lastTerm(), ordered));
        context.send(context.self(), reply(true));
    }

    /** The leader hands over: stands without waiting, and without asking whether to. */
    void onTimeoutNow(NodeId from, TimeoutNow order) {
        if (recognises(from, order.term())) {
            stand(true);
        }
    }

    void onRequestVote(NodeId from, RequestVote request) {
        if (config.checkQuorum() && !request.ordered() && request.term() > durable.term() && hearsLeader()) {
            // Not even its term is looked at: whoever cannot hear the leader must not depose it (thesis, 4.2.3).
            return;
        }
        boolean granted = request.term() >= durable.term()
                && mayVote(request.term(), from)
                && isUpToDate(request.lastIndex(), request.lastTerm());
        if (request.term() > durable.term()) {
            enter(request.term(), granted ? Optional.of(from) : Optional.empty());
        } else if (granted && durable.vote() == null) {
            context.journal(new Term(request.term(), Optional.of(from)));
        }
        if (granted) {
            await();
            stopAsking();
        }
        context.send(from, reply(granted));
    }

    private VoteReply reply(boolean granted) {
        return new VoteReply(durable.term(), granted, context.incarnation(), durable.marks());
    }

    /** Whoever gave its vote in this term does not ask for votes in the next before another timeout. */
    private void stopAsking() {
        if (role == Role.PRE_CANDIDATE) {
            follow(null);
        }
    }

    private boolean mayVote(long term, NodeId candidate) {
        return term > durable.term() || durable.vote() == null || candidate.equals(durable.vote());
    }

    /**
     * Section 5.4.1: the log with the later last term is more up-to-date, of two with the same last term the longer
     * one.
     */
    private boolean isUpToDate(long lastIndex, long lastTerm) {
        var log = durable.log();
        return lastTerm > log.lastTerm() || (lastTerm == log.lastTerm() && lastIndex >= log.lastIndex());
    }

    void onVoteReply(NodeId from, VoteReply reply) {
        observe(reply.term());
        if (role != Role.CANDIDATE || reply.term() != durable.term() || !reply.granted()) {
            return;
        }
        votes.add(from, reply.incarnation(), reply.marks());
        if (votes.reached()) {
            lead();
        }
    }

    private void lead() {
        leader = context.self();
        role = Role.LEADER;
        context.stopTimer(RaftTimer.ELECTION);
        context.note("elected", "term", durable.term(), "votes", votes.count());
        listener.elected();
    }

    // Terms (section 5.1)

    /** Whoever sees a higher term adopts it and follows. */
    void observe(long term) {
        if (term > durable.term()) {
            enter(term, Optional.empty());
        }
    }

    void onStaleTerm(StaleTerm message) {
        observe(message.term());
    }

    private void enter(long term, Optional<NodeId> vote) {
        context.journal(new Term(term, vote));
        follow(null);
    }

    /**
     * A message of a leader arrived. Returns whether it leads the latest term known here; if not, it is told so. The
     * answer is held, since the term it speaks of must not be forgotten.
     */
    boolean recognises(NodeId from, long term) {
        if (term < durable.term()) {
            context.send(from, new StaleTerm(durable.term()));
            return false;
        }
        if (term == durable.term() && leader != null && !from.equals(leader)) {
            throw new IllegalStateException(
                    "Election Safety: two leaders in one term: term=" + term + " leaders=" + leader + "," + from);
        }
        if (term > durable.term()) {
            context.journal(new Term(term, Optional.empty()));
        }
        if (!from.equals(leader)) {
            follow(from);
            // The timeout that runs may be the short one of a node that hurried in vain.
            await();
        }
        leaderHeardNanos = context.nowNanos();
        waitingSinceNanos = leaderHeardNanos;
        return true;
    }

    /**
     * A leader that hears no majority steps down, for it may be the only one that still believes in it (thesis, 6.2).
     */
    void loseQuorum() {
        context.note("lost its quorum", "term", durable.term());
        follow(null);
    }

    private void follow(@Nullable NodeId newLeader) {
        boolean deposed = role == Role.LEADER;
        leader = newLeader;
        if (newLeader != null) {
            context.note("follows", "term", durable.term(), "leader", newLeader, "was", role.word());
        } else if (role != restingRole()) {
            context.note(Role.FOLLOWER.word(), "term", durable.term(), "was", role.word());
        }
        role = restingRole();
        if (deposed) {
            await();
            listener.deposed();
        }
    }

    private Role restingRole() {
        return role == Role.RECOVERING ? Role.RECOVERING : Role.FOLLOWER;
    }

    // Recovery

    /** Until it {@link #recovered}, this replica hears leaders, and neither stands nor waits to. */
    void recover() {
        role = Role.RECOVERING;
    }

    void recovered() {
        role = Role.FOLLOWER;
        await();
    }

    private void standAs(Role next) {
        if (next != role) {
            context.note(next.word(), "term", durable.term(), "was", role.word());
        }
        role = next;
    }

    private void toOthers(RaftMessage message) {
        for (var voter : voters) {
            if (!voter.equals(context.self())) {
                context.send(voter, message);
            }
        }
    }

    /** Whether a leader is in office as far as this replica can know; a leader hears itself. */
    private boolean hearsLeader() {
        return role == Role.LEADER
                || (leader != null
                        && context.nowNanos() - leaderHeardNanos
                                < config.electionTimeout().least().toNanos());
    }

    Role role() {
        return role;
    }

    boolean leads() {
        return role == Role.LEADER;
    }

    /** Whom this replica takes for the leader of its term, or itself; empty if it knows of none. */
    Optional<NodeId> leader() {
        return Optional.ofNullable(leader);
    }

    /** How many votes, or promises of votes, it has been given as a candidate. */
    int votes() {
        return role == Role.PRE_CANDIDATE ? promises.count() : votes.count();
    }
}
