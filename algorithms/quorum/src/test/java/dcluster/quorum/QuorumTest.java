package dcluster.quorum;

import static dcluster.quorum.Rig.ABSENT;
import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.number;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumMessage.Answer;
import dcluster.quorum.QuorumMessage.Read;
import dcluster.quorum.QuorumMessage.ReadReply;
import dcluster.quorum.QuorumMessage.Write;
import dcluster.quorum.QuorumMessage.WriteReply;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients get, how answers are counted, and what becomes of operations that are answered by too few. */
class QuorumTest {
    private static Rig rig(Versioning versions) {
        return new Rig(3, Options.of(versions));
    }

    @ParameterizedTest
    @EnumSource
    void whatOneNodeWroteEveryNodeReads(Versioning versions) {
        var rig = rig(versions);
        assertThat(rig.run(N1, get())).isEqualTo(ABSENT);
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N2, get())).isEqualTo(found("a"));
        rig.advance(Duration.ofMillis(50));
        assertThat(rig.run(N3, put("b"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N1, get())).isEqualTo(found("b"));
        assertThat(rig.run(N2, new Command.Exists(KEY))).isEqualTo(number(1));
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionSaysWhetherThereWasSomethingAndDeletesNothingTwice(Versioning versions) {
        var rig = rig(versions);
        assertThat(rig.run(N1, delete())).isEqualTo(number(0));
        assertThat(rig.at(N1).records()).noneMatch(QuorumRecord.Stored.class::isInstance);
        rig.run(N1, put("a"));
        rig.advance(Duration.ofMillis(50));
        assertThat(rig.run(N2, delete())).isEqualTo(number(1));
        assertThat(rig.run(N3, get())).isEqualTo(ABSENT);
        assertThat(rig.run(N3, new Command.Exists(KEY))).isEqualTo(number(0));
        assertThat(rig.run(N1, delete())).isEqualTo(number(0));
        rig.advance(Duration.ofMillis(50));
        assertThat(rig.run(N2, put("b"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N1, get())).isEqualTo(found("b"));
    }

    @ParameterizedTest
    @EnumSource
    void oneNodeAloneServesWhatItsDiskHolds(Versioning versions) {
        var rig = new Rig(1, Options.of(versions).quorums(1, 1, 1));
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        rig.mesh.crash(N1);
        assertThat(rig.run(N1, get())).isEqualTo(found("a"));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerToAWriteWaitsForTheDisksOfItsQuorum(Versioning versions) {
        var rig = rig(versions);
        var context = rig.at(N2);
        context.receive(N1, new Write(1, List.of(change(rig, 7, "a"))));
        context.receive(N1, new Read(1, List.of(new QuorumMessage.Question(8, KEY, false))));
        assertThat(context.sent())
                .as("neither may say what a crash would take back")
                .isEmpty();
        context.durable();
        assertThat(context.sent(N1, WriteReply.class)).containsExactly(new WriteReply(1, List.of(7L)));
        assertThat(context.sent(N1, ReadReply.class)).hasSize(1);
    }

    private static QuorumMessage.Change change(Rig rig, long operation, String value) {
        return new QuorumMessage.Change(operation, KEY, written(rig, value), Optional.empty());
    }

    /** A version that n9 made, which is no node. */
    private static Versions written(Rig rig, String value) {
        var bytes = Bytes.utf8(value);
        return rig.config.hasVectorClocks()
                ? Versions.Concurrent.NONE.with(new Actor(new NodeId("n9"), 1, 1), bytes, Clock.NONE)
                : new Versions.Latest(new Stamp(1, new NodeId("n9"), 1), Optional.of(bytes));
    }

    /** Which requests of a node have their answer when so many replicas besides it have answered. */
    private static Optional<Response> answered(Rig rig, Request request) {
        rig.at(N1).durable();
        return rig.at(N1).reply(request);
    }

    @ParameterizedTest
    @EnumSource
    void aReadIsAnsweredByRReplicasNoMatterHowOftenOneAnswers(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).quorums(3, 3, 1));
        var request = rig.at(N1).request(get());
        var answer = new ReadReply(1, List.of(new Answer(1, written(rig, "a"))));
        assertThat(answered(rig, request)).isEmpty();
        rig.at(N1).receive(N2, answer);
        rig.at(N1).receive(N2, answer);
        rig.at(N1).receive(new NodeId("n9"), answer);
        assertThat(answered(rig, request)).isEmpty();
        rig.at(N1).receive(N3, new ReadReply(1, List.of(new Answer(1, Versions.none(versions)))));
        assertThat(answered(rig, request)).contains(found("a"));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerToAnotherOperationLifeOrKindOfVersionsCountsAsNone(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).quorums(3, 2, 2));
        rig.onlyIf((to, message) -> false);
        rig.mesh.crash(N1);
        var request = rig.at(N1).request(get());
        var other = versions == Versioning.VECTOR_CLOCK ? Versioning.LAST_WRITE_WINS : Versioning.VECTOR_CLOCK;
        rig.at(N1).receive(N2, new ReadReply(2, List.of(new Answer(2, written(rig, "a")))));
        rig.at(N1).receive(N2, new ReadReply(1, List.of(new Answer(1, written(rig, "a")))));
        rig.at(N1).receive(N2, new ReadReply(2, List.of(new Answer(1, Versions.none(other)))));
        rig.at(N1).receive(N2, new WriteReply(2, List.of(1L, 2L)));
        assertThat(answered(rig, request)).isEmpty();
        rig.at(N1).receive(N3, new ReadReply(2, List.of(new Answer(1, written(rig, "b")))));
        assertThat(answered(rig, request)).contains(found("b"));
    }

    @ParameterizedTest
    @EnumSource
    void aWriteIsAnsweredByWReplicasNoMatterHowOftenOneAnswers(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).quorums(3, 1, 3));
        rig.onlyIf((to, message) -> !(message instanceof WriteReply));
        var request = rig.ask(N1, put("a"));
        var held = new WriteReply(1, List.of(1L));
        rig.at(N1).receive(N2, held);
        rig.at(N1).receive(N2, held);
        rig.at(N1).receive(new NodeId("n9"), held);
        assertThat(answered(rig, request)).isEmpty();
        rig.at(N1).receive(N3, new WriteReply(2, List.of(1L)));
        assertThat(answered(rig, request)).isEmpty();
        rig.at(N1).receive(N3, held);
        assertThat(answered(rig, request)).contains(WRITTEN);
    }

    @ParameterizedTest
    @EnumSource
    void aMinorityMayBeDown(Versioning versions) {
        var rig = rig(versions);
        rig.cut(N3);
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N2, get())).isEqualTo(found("a"));
    }

    @ParameterizedTest
    @EnumSource
    void aReadThatTooFewAnswerFails(Versioning versions) {
        var rig = rig(versions);
        rig.cut(N2, N3);
        var response = rig.runPatiently(N1, get());
        assertThat(response)
                .isEqualTo(new Response.Failed(
                        Reason.UNAVAILABLE, "1 of 3 owners answered within 2000 ms, and it takes 2"));
        assertThat(rig.detail(N1, "waiting requests")).isEqualTo(0L);
        assertThat(rig.detail(N1, "suspected nodes")).isEqualTo("[n2, n3]");
    }

    @ParameterizedTest
    @EnumSource
    void aWriteThatReachedTooFewMayHaveTakenPlace(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).quorums(3, 1, 2).unmended());
        rig.cut(N2, N3);
        assertThat(rig.runPatiently(N1, put("a")))
                .isEqualTo(new Response.Unknown("1 of 3 owners answered within 2000 ms, and it takes 2"));
        assertThat(rig.held(N1)).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    void aWriteThatLearntTooLittleToBeginTookNoPlace(Versioning versions) {
        var rig = rig(versions);
        rig.run(N1, put("a"));
        rig.cut(N2, N3);
        assertThat(rig.runPatiently(N1, delete()))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE));
        rig.heal();
        assertThat(rig.run(N1, get())).isEqualTo(found("a"));
    }

    @ParameterizedTest
    @EnumSource
    void whoDidNotHearTheQuestionIsAskedAgain(Versioning versions) {
        var rig = rig(versions);
        rig.cut(N2, N3);
        var write = rig.ask(N1, put("a"));
        assertThat(rig.answer(N1, write)).isEmpty();
        rig.heal();
        rig.advance(Duration.ofMillis(250));
        assertThat(rig.answer(N1, write)).contains(WRITTEN);
        rig.advance(Duration.ofMillis(500));
        assertThat(rig.at(N1).timers()).doesNotContainKey(QuorumTimer.RESEND);
        assertThat(rig.detail(N1, "suspected nodes")).isEqualTo("[]");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedSurvivesACrashOfEveryNode(Versioning versions) {
        var rig = rig(versions);
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        rig.restartAll(rig.config);
        assertThat(rig.run(N3, get())).isEqualTo(found("a"));
    }

    @ParameterizedTest
    @EnumSource
    void whatComesInOneTurnTravelsInOneMessage(Versioning versions) {
        var rig = rig(versions);
        for (int i = 0; i < 10; i++) {
            rig.mesh.replica(N1).onRequest(new Request(100 + i, get()));
        }
        rig.mesh.replica(N1).endTurn();
        assertThat(rig.at(N1).sent(N2, Read.class))
                .singleElement()
                .satisfies(read -> assertThat(read.questions()).hasSize(10));
    }

    @ParameterizedTest
    @EnumSource
    void aMessageOfTheOtherKindOfVersionsIsNeitherHeldNorAcknowledged(Versioning versions) {
        var rig = rig(versions);
        var foreign = rig(versions == Versioning.VECTOR_CLOCK ? Versioning.LAST_WRITE_WINS : Versioning.VECTOR_CLOCK);
        var item = new QuorumMessage.Item(KEY, written(foreign, "a"));
        rig.at(N2).receive(N1, new Write(1, List.of(change(foreign, 7, "a"))));
        rig.at(N2).receive(N1, new QuorumMessage.Repair(List.of(item)));
        rig.at(N2).receive(N1, new QuorumMessage.Handoff(List.of(item)));
        rig.at(N2).durable();
        assertThat(rig.at(N2).sent(N1, WriteReply.class)).isEmpty();
        assertThat(rig.at(N2).sent(N1, QuorumMessage.HandoffReply.class))
                .containsExactly(new QuorumMessage.HandoffReply(List.of(), List.of(KEY)));
        assertThat(rig.held(N2)).isEmpty();
    }
}
