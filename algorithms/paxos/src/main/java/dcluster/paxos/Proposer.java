package dcluster.paxos;

import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Rejected;
import dcluster.paxos.PaxosMessage.Suspect;
import dcluster.paxos.PaxosMessage.Suspected;
import dcluster.paxos.PaxosMessage.TakeOver;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.Handover;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proposer (Paxos Made Simple, 2.2), and the choice of the distinguished one (2.4 and 3): whoever hears no leader for a
 * while asks whether the others hear none either, begins a ballot if so, and leads once a quorum has promised.
 */
final class Proposer {
    private final Replica replica;
    private final Acceptor acceptor;
    private final Learner learner;
    private final FailureDetector detector;

    // The greatest ballot that was heard of.
    private @Nullable Ballot highest;

    // Of one suspicion: its number, and who shares it.
    private long question;
    private Set<NodeId> suspicious = new LinkedHashSet<>();
    private boolean suspects;

    private @Nullable Preparation preparation;
    private @Nullable Leadership leadership;

    Proposer(Replica replica, Acceptor acceptor, Learner learner) {
        this.replica = replica;
        this.acceptor = acceptor;
        this.learner = learner;
        this.detector = new FailureDetector(replica);
    }

    void start() {
        if (detector.mayHurry()) {
            suspect();
        } else {
            detector.await();
        }
    }

    // Suspicion (Kirsch and Amir 2008, section 5.3)

    void onSuspicionTimer() {
        if (!detector.hasWaited()) {
            return;
        }
        if (preparation != null) {
            giveUp("waited too long for promises");
        }
        suspect();
    }

    /** Whoever is alone with its suspicion disturbs nobody. */
    private void suspect() {
        detector.forget();
        suspects = true;
        suspicious = new LinkedHashSet<>(Set.of(replica.self()));
        question++;
        detector.await();
        for (var other : replica.acceptors()) {
            if (!other.equals(replica.self())) {
                // Eager: a question claims nothing.
                replica.context().eagerly().send(other, new Suspect(question));
            }
        }
        prepareIfShared();
    }

    void onSuspect(NodeId from, Suspect message) {
        if (leadership == null && !detector.hears()) {
            // Eager: it promises nothing.
            replica.context().eagerly().send(from, new Suspected(message.question()));
        }
    }

    void onSuspected(NodeId from, Suspected message) {
        if (suspects && message.question() == question) {
            suspicious.add(from);
            prepareIfShared();
        }
    }

    private void prepareIfShared() {
        if (replica.config().quorums().isPhase1(suspicious, replica.acceptors())) {
            prepare(false);
        }
    }

    // Phase 1

    /** Phase 1a, of a ballot above all that it has heard of. Its own acceptor promises at once, and says so once durable. */
    private void prepare(boolean ordered) {
        suspects = false;
        long round = Math.max(round(replica.durable().vows().promised()), round(highest)) + 1;
        var ballot = new Ballot(round, replica.self(), replica.context().incarnation());
        preparation = new Preparation(replica, ballot, ordered);
        replica.context().note("prepares", "ballot", ballot);
        detector.await();
        acceptor.onPrepare(replica.self(), new Prepare(ballot, replica.durable().chosen() + 1, ordered));
        preparation.ask();
        replica.context().startTimer(PaxosTimer.HEARTBEAT, replica.config().heartbeatInterval());
    }

    private static long round(@Nullable Ballot ballot) {
        return ballot == null ? 0 : ballot.round();
    }

    /** The leader hands over: begins a ballot without waiting, and without asking who is suspicious. */
    void onTakeOver(TakeOver order) {
        if (order.ballot().equals(detector.ballot()) && leadership == null) {
            prepare(true);
        }
    }

    /**
     * Another proposer asks for a promise. While a leader is heard it is not even answered: any request may be ignored, and
     * this one would depose the leader.
     */
    void onPrepare(NodeId from, Prepare request) {
        boolean disturbs = leadership != null || detector.hears();
        if (from.equals(replica.self()) || (disturbs && !request.ordered())) {
            return;
        }
        observe(request.ballot());
        var before = replica.durable().vows().promised();
        acceptor.onPrepare(from, request);
        if (request.ballot().equals(replica.durable().vows().promised())
                && !request.ballot().equals(before)) {
            // It is given the time to become leader, once.
            suspects = false;
            detector.await();
        }
    }

    void onPromise(NodeId from, Promise promise) {
        var preparing = preparation;
        if (preparing != null && promise.ballot().equals(preparing.ballot())) {
            if (preparing.onPromise(from, promise)) {
                // Much may have been accepted: as long as it comes nobody gives up.
                detector.await();
            }
            leadIfPrepared();
        }
    }

    /** Leads once a quorum has promised and all is known here that one of those that promised knows to be chosen. */
    void leadIfPrepared() {
        var prepared = preparation;
        if (prepared == null || !prepared.hasQuorum()) {
            return;
        }
        if (prepared.chosen() > replica.durable().chosen()) {
            if (prepared.asksWisest()) {
                learner.askAtOnce(prepared.wisest(), prepared.chosen());
            }
            return;
        }
        preparation = null;
        detector.hear(prepared.ballot());
        replica.context().stopTimer(PaxosTimer.SUSPICION);
        replica.context().note("elected", "ballot", prepared.ballot(), "promises", prepared.promises());
        leadership = new Leadership(replica, prepared, acceptor, learner);
    }

    // Other ballots

    /** A leader's message was not rejected: whoever leads a lower ballot, or prepares one, gives way. */
    void follow(Ballot ballot) {
        observe(ballot);
        if (detector.hear(ballot)) {
            suspects = false;
            replica.context().note("follows", "ballot", ballot);
            // The timeout that runs may be the short one of a node that hurried in vain.
            detector.await();
        }
    }

    /** The ballot of a later leader than that one, if such a leader was heard; else null. */
    @Nullable
    Ballot laterThan(Ballot ballot) {
        var followed = detector.ballot();
        return followed != null && ballot.isBelow(followed) ? followed : null;
    }

    void onRejected(Rejected rejection) {
        observe(rejection.ballot());
    }

    private void observe(Ballot ballot) {
        if (highest == null || highest.isBelow(ballot)) {
            highest = ballot;
        }
        if (preparation != null && preparation.ballot().isBelow(ballot)) {
            giveUp("heard of a higher ballot");
        }
        if (leadership != null && leadership.ballot().isBelow(ballot)) {
            abdicate("leads no more", true);
        }
    }

    private void giveUp(String why) {
        replica.context().note("gives up its ballot", "why", why);
        preparation = null;
        detector.fail();
        detector.await();
    }

    private void abdicate(String event, boolean isDeposed) {
        var ended = leadership;
        if (ended == null) {
            return;
        }
        replica.context().note(event, "ballot", ended.ballot(), "unanswered", ended.waitingCount());
        leadership = null;
        detector.forget();
        ended.end(refusal(), isDeposed);
        detector.await();
    }

    // Leading

    void onHeartbeatTimer() {
        if (leadership != null && !leadership.onHeartbeatTimer()) {
            abdicate("lost its quorum", false);
        }
        if (preparation != null) {
            // What it has asked, or the answer, may be lost.
            preparation.ask();
            replica.context().startTimer(PaxosTimer.HEARTBEAT, replica.config().heartbeatInterval());
        }
    }

    void onAccepted(NodeId from, Accepted reply) {
        if (leadership != null && reply.ballot().equals(leadership.ballot())) {
            leadership.onAccepted(from, reply);
        }
    }

    void onHeartbeatReply(NodeId from, HeartbeatReply reply) {
        if (leadership != null && reply.ballot().equals(leadership.ballot())) {
            leadership.onHeartbeatReply(from, reply);
        }
    }

    void onHandoverTimer() {
        if (leadership != null) {
            leadership.onHandoverTimer();
        }
    }

    void onRequest(Request request) {
        if (leadership != null) {
            leadership.onRequest(request);
        } else if (request.command() instanceof Command.Operation) {
            replica.context().reply(request, Handover.notLeading(leader()));
        } else {
            // Eager: it claims only that nothing was done here.
            replica.context().eagerly().reply(request, refusal());
        }
    }

    private Response refusal() {
        return leader().filter(node -> !node.equals(replica.self()))
                .<Response>map(Response.Redirect::new)
                .orElseGet(() -> new Response.Failed(
                        Response.Reason.UNAVAILABLE, "no leader is known; one may be elected shortly"));
    }

    /** What the turn gathered goes out. */
    void endTurn() {
        leadIfPrepared();
        if (leadership != null) {
            leadership.endTurn();
        } else {
            learner.apply((slot, command, outcome) -> {});
        }
    }

    Role role() {
        if (leadership != null) {
            return Role.LEADER;
        }
        return preparation != null ? Role.PREPARING : suspects ? Role.SUSPICIOUS : Role.FOLLOWER;
    }

    /** The ballot of the leader that it heard last; null if there is none. */
    @Nullable
    Ballot followed() {
        return detector.ballot();
    }

    /** Its time as a leader; null if it does not lead. */
    @Nullable
    Leadership leadership() {
        return leadership;
    }

    boolean leads() {
        return leadership != null;
    }

    /** The ballot that it leads; null if it does not lead. */
    @Nullable
    Ballot ballot() {
        return leadership == null ? null : leadership.ballot();
    }

    /** Whom this replica takes for the leader, or itself; empty if it knows of none. */
    Optional<NodeId> leader() {
        return detector.leader();
    }

    int waitingCount() {
        return leadership == null ? 0 : leadership.waitingCount();
    }

    int openCount() {
        return leadership == null ? 0 : leadership.openCount();
    }
}
