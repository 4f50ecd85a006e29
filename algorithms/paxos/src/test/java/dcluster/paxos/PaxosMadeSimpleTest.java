package dcluster.paxos;

import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.C;
import static dcluster.paxos.Single.NO_OP;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Seeds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rules that sections 2.1 and 2.2 of Paxos Made Simple state of one instance. What they say of processes that send,
 * crash and wait is in {@link ProtocolPaperTest} and {@link ProgressPaperTest}; section 3 is in {@link SequencePaperTest}.
 */
@Tag("paxos-made-simple-2")
class PaxosMadeSimpleTest {
    private final Single single = new Single(3, new Quorums.Majority());

    private static Set<NodeId> nodes(String... names) {
        return Stream.of(names).map(NodeId::new).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Value adopted(Ballot ballot, String... asked) {
        return single.prepare(ballot, nodes(asked)).orElseThrow().valueOr(NO_OP);
    }

    // 2.1 The problem

    /** "Only a value that has been proposed may be chosen, only a single value is chosen." */
    @Test
    void onlyASingleValueThatWasProposedIsChosen() {
        Seeds.check(300, random -> anySchedule(random, new Single(3, new Quorums.Majority())));
        Seeds.check(100, random -> anySchedule(random, new Single(5, new Quorums.Majority())));
        Seeds.check(100, random -> anySchedule(random, new Single(5, new Quorums.Flexible(4, 2))));
        Seeds.check(100, random -> anySchedule(random, new Single(6, new Quorums.Grid())));
    }

    /** Proposers take steps in any order, with any acceptors; each keeps to the rules, and P2b must follow. */
    private static void anySchedule(RandomGenerator random, Single single) {
        Optional<Proposal> chosen = Optional.empty();
        for (int round = 1; round <= 12; round++) {
            var ballot = ballot(random.nextInt(1, 12), "n" + random.nextInt(1, 4));
            var own = Single.put("of", ballot.toString());
            var prepared = single.prepare(ballot, some(random, single));
            if (prepared.isPresent()) {
                var value = prepared.get().valueOr(own);
                chosen.filter(before -> before.ballot().isBelow(ballot))
                        .ifPresent(before -> assertThat(value).isEqualTo(before.value()));
                single.propose(ballot, value, some(random, single));
            }
            var now = single.chosen();
            chosen.ifPresent(before -> assertThat(now.orElseThrow().value()).isEqualTo(before.value()));
            chosen = now;
        }
    }

    private static Set<NodeId> some(RandomGenerator random, Single single) {
        var some = new LinkedHashSet<>(single.acceptors());
        some.removeIf(node -> random.nextInt(3) == 0);
        return some;
    }

    /** "A process never learns that a value has been chosen unless it actually has been." */
    @Test
    void lessThanAQuorumOfAcceptancesChoosesNothing() {
        adopted(ballot(1, "n1"), "n1", "n2", "n3");
        single.propose(ballot(1, "n1"), A, nodes("n1"));
        assertThat(single.chosen()).isEmpty();
        single.propose(ballot(1, "n1"), A, nodes("n1"));
        assertThat(single.chosen()).isEmpty();
        single.propose(ballot(1, "n1"), A, nodes("n3"));
        assertThat(single.chosen()).contains(new Proposal(ballot(1, "n1"), A));
    }

    // 2.2 Choosing a value

    /** P1: "An acceptor must accept the first proposal that it receives." */
    @Test
    void anAcceptorAcceptsTheFirstProposalThatItReceives() {
        var vows = new Vows();
        assertThat(vows.mayAccept(ballot(1, "n3"))).isTrue();
        vows.accept(1, new Proposal(ballot(1, "n3"), A));
        assertThat(vows.accepted(1)).isEqualTo(new Proposal(ballot(1, "n3"), A));
    }

    /** "An acceptor must be allowed to accept more than one proposal." */
    @Test
    void anAcceptorMayAcceptMoreThanOneProposal() {
        var vows = new Vows();
        vows.accept(1, new Proposal(ballot(1, "n3"), A));
        vows.accept(1, new Proposal(ballot(2, "n1"), B));
        assertThat(vows.accepted(1)).isEqualTo(new Proposal(ballot(2, "n1"), B));
    }

    /** "We require that different proposals have different numbers." */
    @Test
    void ballotsOfDifferentNodesOrLivesAreDifferent() {
        var one = new Ballot(3, new NodeId("n1"), 1);
        assertThat(one).isNotEqualTo(new Ballot(3, new NodeId("n2"), 1));
        assertThat(one).isNotEqualTo(new Ballot(3, new NodeId("n1"), 2));
    }

    /** Numbers are ordered: by round first, so that whoever has seen one can choose a greater. */
    @Test
    void ballotsAreTotallyOrdered() {
        assertThat(Stream.of(
                                Ballot.CHOSEN,
                                ballot(2, "n1"),
                                new Ballot(1, new NodeId("n2"), 2),
                                ballot(1, "n3"),
                                ballot(1, "n2"))
                        .sorted())
                .containsExactly(
                        ballot(1, "n2"),
                        new Ballot(1, new NodeId("n2"), 2),
                        ballot(1, "n3"),
                        ballot(2, "n1"),
                        Ballot.CHOSEN);
    }

    /** P1a: "... can accept a proposal numbered n iff it has not responded to a prepare request having a number greater than n." */
    @Test
    void aProposalIsAcceptedUnlessAGreaterNumberWasPromised() {
        var vows = new Vows();
        vows.promise(ballot(2, "n2"));
        assertThat(vows.mayAccept(ballot(1, "n3"))).isFalse();
        assertThat(vows.mayAccept(ballot(2, "n1"))).isFalse();
        assertThat(vows.mayAccept(ballot(2, "n2"))).isTrue();
        assertThat(vows.mayAccept(ballot(2, "n3"))).isTrue();
        assertThat(vows.mayAccept(ballot(3, "n1"))).isTrue();
    }

    /** P2: "If a proposal with value v is chosen, then every higher-numbered proposal that is chosen has value v." */
    @Test
    void aHigherProposalThatIsChosenHasTheChosenValue() {
        single.propose(ballot(1, "n1"), adopted(ballot(1, "n1"), "n1", "n2") == NO_OP ? A : B, nodes("n1", "n2"));
        assertThat(single.chosen()).contains(new Proposal(ballot(1, "n1"), A));
        var higher = single.prepare(ballot(2, "n3"), nodes("n2", "n3")).orElseThrow();
        assertThat(higher.valueOr(B)).isEqualTo(A);
    }

    /** P2c (a): "... no acceptor in S has accepted any proposal numbered less than n." */
    @Test
    void aProposerWhoseQuorumHasAcceptedNothingIsFree() {
        single.propose(ballot(1, "n1"), A, nodes("n1"));
        assertThat(single.prepare(ballot(2, "n3"), nodes("n2", "n3"))
                        .orElseThrow()
                        .valueOr(B))
                .isEqualTo(B);
    }

    /** P2c (b): "... v is the value of the highest-numbered proposal among all proposals numbered less than n accepted by the acceptors in S." */
    @Test
    void aProposerTakesTheValueOfTheHighestNumberedProposalOfItsQuorum() {
        single.propose(ballot(1, "n1"), A, nodes("n1"));
        single.propose(ballot(2, "n2"), B, nodes("n2"));
        single.propose(ballot(3, "n3"), C, nodes("n3"));
        assertThat(adopted(ballot(4, "n1"), "n1", "n2")).isEqualTo(B);
        assertThat(adopted(ballot(5, "n1"), "n2", "n1")).isEqualTo(B);
        assertThat(adopted(ballot(6, "n1"), "n1", "n2", "n3")).isEqualTo(C);
        assertThat(adopted(ballot(7, "n1"), "n3", "n1")).isEqualTo(C);
    }

    /** 1 (a): "A promise never again to accept a proposal numbered less than n." */
    @Test
    void whoeverHasPromisedAcceptsNothingLowerAnyMore() {
        adopted(ballot(2, "n2"), "n1", "n2");
        single.propose(ballot(1, "n1"), A, nodes("n1", "n2", "n3"));
        assertThat(single.chosen()).isEmpty();
        assertThat(single.acceptor("n1").accepted(1)).isNull();
        assertThat(single.acceptor("n3").accepted(1)).isEqualTo(new Proposal(ballot(1, "n1"), A));
    }

    /** 1 (b): "The proposal with the highest number less than n that it has accepted, if any." */
    @Test
    void aPromiseTellsWhatWasAccepted() {
        single.propose(ballot(1, "n1"), A, nodes("n2"));
        single.propose(ballot(2, "n3"), B, nodes("n2"));
        assertThat(single.acceptor("n2").acceptedFrom(1))
                .containsExactly(new Placed(1, new Proposal(ballot(2, "n3"), B)));
    }

    /** 2: "If the proposer receives the requested responses from a majority of the acceptors, then it can issue a proposal." */
    @Test
    void withoutAQuorumOfPromisesNothingIsProposed() {
        assertThat(single.prepare(ballot(1, "n1"), nodes("n1"))).isEmpty();
        assertThat(single.prepare(ballot(3, "n1"), nodes("n2", "n3"))).isPresent();
        assertThat(single.prepare(ballot(2, "n1"), nodes("n1", "n2", "n3"))).isEmpty();
    }

    /** "This need not be the same set of acceptors that responded to the initial requests." */
    @Test
    void otherAcceptorsMayAcceptThanHavePromised() {
        adopted(ballot(1, "n1"), "n1", "n2");
        single.propose(ballot(1, "n1"), A, nodes("n2", "n3"));
        assertThat(single.chosen()).contains(new Proposal(ballot(1, "n1"), A));
    }

    /** Phase 1 (b): "... a prepare request with number n greater than that of any prepare request to which it has already responded." */
    @Test
    void aLowerPrepareRequestIsNotPromised() {
        var vows = new Vows();
        vows.promise(ballot(2, "n2"));
        assertThat(vows.mayPromise(ballot(1, "n3"))).isFalse();
        assertThat(vows.mayPromise(ballot(3, "n1"))).isTrue();
    }

    /** It deviates: the same request again, as a network repeats it, is answered again, and to the same effect. */
    @Test
    void aRepeatedPrepareRequestIsPromisedAgain() {
        var vows = new Vows();
        vows.promise(ballot(2, "n2"));
        assertThat(vows.mayPromise(ballot(2, "n2"))).isTrue();
        vows.promise(ballot(2, "n2"));
        assertThat(vows.promised()).isEqualTo(ballot(2, "n2"));
    }

    /** "An acceptor needs to remember only the highest-numbered proposal that it has ever accepted." */
    @Test
    void onlyTheHighestAcceptedProposalIsRemembered() {
        var vows = new Vows();
        vows.accept(1, new Proposal(ballot(1, "n1"), A));
        vows.accept(1, new Proposal(ballot(2, "n2"), B));
        vows.accept(1, new Proposal(ballot(2, "n2"), B));
        assertThat(vows.acceptedFrom(1)).containsExactly(new Placed(1, new Proposal(ballot(2, "n2"), B)));
        assertThat(vows.bytes()).isEqualTo(B.bytes());
    }

    /** "... and the number of the highest-numbered prepare request to which it has responded": an acceptance is a response. */
    @Test
    void whoeverAcceptsHasPromisedAsMuch() {
        var vows = new Vows();
        vows.accept(1, new Proposal(ballot(2, "n2"), A));
        assertThat(vows.promised()).isEqualTo(ballot(2, "n2"));
        assertThat(vows.mayPromise(ballot(1, "n3"))).isFalse();
    }

    /** "The proposer can always abandon a proposal and forget all about it." */
    @Test
    void aProposalThatIsAbandonedDisturbsNobody() {
        adopted(ballot(1, "n1"), "n1", "n2", "n3");
        assertThat(adopted(ballot(2, "n2"), "n2", "n3")).isEqualTo(NO_OP);
        single.propose(ballot(2, "n2"), B, nodes("n1", "n3"));
        assertThat(single.chosen()).contains(new Proposal(ballot(2, "n2"), B));
    }

    // 2.3 Learning a chosen value

    /** "A learner must find out that a proposal has been accepted by a majority": the same one, and not the same value. */
    @Test
    void acceptancesOfDifferentProposalsAreNotCountedTogether() {
        single.propose(ballot(1, "n1"), A, nodes("n1"));
        single.propose(ballot(2, "n2"), A, nodes("n2"));
        assertThat(single.chosen()).isEmpty();
    }

    /** Consecutive instances that are proposed together are accepted together: a part of them is no acceptance. */
    @Test
    void aPartOfARunIsNoAcceptanceOfIt() {
        var run = new Run(4, List.of(A, B, C), 0);
        run.accept(new NodeId("n1"), 4, 5);
        run.accept(new NodeId("n2"), 5, 6);
        assertThat(run.accepted()).isEmpty();
        run.accept(new NodeId("n3"), 1, 6);
        assertThat(run.accepted()).isEqualTo(nodes("n3"));
    }
}
