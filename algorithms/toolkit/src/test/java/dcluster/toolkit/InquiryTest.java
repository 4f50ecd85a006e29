package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import dcluster.toolkit.Inquiry.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InquiryTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final NodeId N4 = new NodeId("n4");

    /** Of n5, in its third incarnation. */
    private final Inquiry<Long> inquiry = new Inquiry<>(List.of(N1, N2, N3, N4), answered -> answered.size() >= 3, 3);

    private static Answer<Long> follower(long promised) {
        return new Answer<>(1, promised, false, 7, Marks.NONE);
    }

    private static Answer<Long> leader(long promised, long last) {
        return new Answer<>(1, promised, true, last, Marks.NONE);
    }

    private void answer(NodeId from, Answer<Long> answer) {
        inquiry.add(from, inquiry.nonce(), answer);
    }

    @Test
    void itTakesAMajorityOfTheClusterWithoutTheOneThatAsks() {
        answer(N1, leader(4, 9));
        answer(N2, follower(4));
        assertThat(inquiry.isAnswered()).isFalse();
        assertThat(inquiry.leader()).isEmpty();
        answer(N4, follower(3));
        assertThat(inquiry.isAnswered()).isTrue();
        assertThat(inquiry.leader()).contains(leader(4, 9));
    }

    @Test
    void ofTwoNodesOneAloneIsNoMajorityWithoutItself() {
        var alone = new Inquiry<Long>(List.of(N1), answered -> answered.size() >= 2, 1);
        alone.add(N1, alone.nonce(), leader(1, 1));
        assertThat(alone.isAnswered()).isFalse();
    }

    @Test
    void whoeverLeadsUnderLessThanTheGreatestThatWasPromisedIsNoLeader() {
        answer(N1, leader(4, 9));
        answer(N2, follower(5));
        answer(N3, follower(4));
        assertThat(inquiry.promised()).isEqualTo(Optional.of(5L));
        assertThat(inquiry.leader()).isEmpty();
        answer(N4, leader(5, 8));
        assertThat(inquiry.leader()).contains(leader(5, 8));
    }

    @Test
    void answersToEarlierQuestionsDoNotCount() {
        var before = inquiry.nonce();
        answer(N1, leader(4, 9));
        answer(N2, follower(4));
        inquiry.askAgain();
        assertThat(inquiry.nonce()).isNotEqualTo(before);
        assertThat(inquiry.promised()).isEmpty();
        inquiry.add(N3, before, follower(4));
        answer(N4, follower(4));
        assertThat(inquiry.isAnswered()).isFalse();
    }

    @Test
    void whatALeaderHeldWhenItWasAskedFirstIsTheEnd() {
        answer(N1, leader(4, 9));
        answer(N1, leader(4, 12));
        answer(N2, follower(4));
        answer(N3, follower(4));
        assertThat(inquiry.leader().orElseThrow().last()).isEqualTo(9);
    }

    @Test
    void anAnswerOfOneThatWasWipedSinceIsVoidUntilItAnswersAnew() {
        answer(N1, leader(4, 9));
        answer(N2, new Answer<>(1, 4L, false, 9, Marks.NONE.with(N1, 2)));
        answer(N3, follower(4));
        assertThat(inquiry.isAnswered()).isFalse();
        answer(N1, new Answer<>(2, 4L, false, 9, Marks.NONE));
        assertThat(inquiry.isAnswered()).isTrue();
        assertThat(inquiry.leader()).as("it leads no more").isEmpty();
        assertThat(inquiry.marks()).isEqualTo(Marks.NONE.with(N1, 2));
    }
}
