package dcluster.abd;

import static dcluster.abd.Rig.ABSENT;
import static dcluster.abd.Rig.KEY;
import static dcluster.abd.Rig.N1;
import static dcluster.abd.Rig.N2;
import static dcluster.abd.Rig.N3;
import static dcluster.abd.Rig.WRITTEN;
import static dcluster.abd.Rig.found;
import static dcluster.abd.Rig.get;
import static dcluster.abd.Rig.number;
import static dcluster.abd.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.abd.AbdMessage.Change;
import dcluster.abd.AbdMessage.Propagate;
import dcluster.abd.AbdMessage.PropagateReply;
import dcluster.abd.AbdMessage.Query;
import dcluster.abd.AbdMessage.QueryReply;
import dcluster.abd.AbdMessage.Question;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Condition;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AbdTest {
    private final Rig rig = new Rig(3);

    @Test
    void whatOneNodeWroteEveryNodeReads() {
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N2, get())).isEqualTo(found("a"));
        assertThat(rig.run(N3, put("b"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N1, get())).isEqualTo(found("b"));
    }

    @Test
    void whatNobodyWroteIsAbsent() {
        assertThat(rig.run(N1, get())).isEqualTo(ABSENT);
        assertThat(rig.run(N1, new Command.Exists(KEY))).isEqualTo(number(0));
        rig.run(N2, put("a"));
        assertThat(rig.run(N1, new Command.Exists(KEY))).isEqualTo(number(1));
    }

    @Test
    void oneNodeAloneServesWhatItsDiskHolds() {
        var alone = new Rig(1);
        assertThat(alone.run(N1, put("a"))).isEqualTo(WRITTEN);
        assertThat(alone.run(N1, get())).isEqualTo(found("a"));
    }

    @Test
    void aMinorityMayBeDown() {
        rig.mesh.onlyIf((to, message) -> !to.equals(N3));
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N2, get())).isEqualTo(found("a"));
    }

    @Test
    void withoutAMajorityNothingIsAnsweredUntilItIsBackAndTheQuestionRepeated() {
        rig.mesh.onlyIf((to, message) -> to.equals(N1));
        var request = rig.ask(N1, put("a"));
        assertThat(rig.answer(N1, request)).isEmpty();
        rig.mesh.onlyIf((to, message) -> true);
        rig.at(N1).advance(Duration.ofMillis(200));
        assertThat(rig.answer(N1, request)).contains(WRITTEN);
        assertThat(rig.at(N1).timers()).hasSize(1);
        rig.at(N1).advance(Duration.ofMillis(200));
        assertThat(rig.at(N1).timers()).isEmpty();
    }

    @Test
    void aWriteThatReachedNobodyEndsAsCertainlyNotDone() {
        rig.mesh.onlyIf((to, message) -> to.equals(N1));
        var request = rig.ask(N1, put("a"));
        rig.at(N1).advance(Duration.ofSeconds(3));
        assertThat(rig.answer(N1, request)).get().isInstanceOfSatisfying(Response.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failed.message()).isEqualTo("1 of 3 nodes answered within 2000 ms, and it takes 2");
        });
        assertThat(rig.held(N1)).isEqualTo(Register.UNWRITTEN);
    }

    @Test
    void aWriteThatMayHaveReachedSomebodyEndsAsUnknownAndAReadAsFailed() {
        rig.run(N1, put("old"));
        rig.mesh.onlyIf((to, message) -> !(message instanceof PropagateReply) || to.equals(N2));
        var write = rig.ask(N1, put("new"));
        rig.at(N1).advance(Duration.ofSeconds(3));
        assertThat(rig.answer(N1, write)).get().isInstanceOf(Response.Unknown.class);
        rig.mesh.onlyIf((to, message) -> message instanceof Query || message instanceof QueryReply);
        // Two replicas differ now, if the third holds nothing: what the read found cannot be written back.
        rig.at(N1).receive(N2, new Propagate(1, List.of(change("newer", 9))));
        var read = rig.ask(N1, get());
        rig.at(N1).advance(Duration.ofSeconds(3));
        assertThat(rig.answer(N1, read)).get().isInstanceOf(Response.Failed.class);
    }

    private static Change change(String value, long sequence) {
        return new Change(1, KEY, new dcluster.abd.Tag(sequence, N2, 1), Optional.of(Bytes.utf8(value)));
    }

    @Test
    void anAcknowledgementWaitsForTheDiskAndSoDoesAnAnswerThatTellsOfTheChange() {
        var context = rig.at(N2);
        context.receive(N1, new Propagate(1, List.of(change("a", 1))));
        context.receive(N1, new Query(1, List.of(new Question(2, KEY, false))));
        assertThat(context.sent()).isEmpty();
        context.durable();
        assertThat(context.sent(N1, PropagateReply.class)).containsExactly(new PropagateReply(1, List.of(1L)));
        assertThat(context.sent(N1, QueryReply.class)).hasSize(1);
    }

    @Test
    void anOlderChangeIsAcknowledgedAndNotHeld() {
        var context = rig.at(N2);
        context.receive(N1, new Propagate(1, List.of(change("new", 2))));
        context.durable();
        context.receive(N1, new Propagate(1, List.of(change("old", 1))));
        assertThat(context.sent(N1, PropagateReply.class)).hasSize(2);
        assertThat(context.records()).hasSize(1);
        assertThat(rig.held(N2).value()).contains(Bytes.utf8("new"));
    }

    @Test
    void whatWasAcknowledgedSurvivesACrashOfEveryNode() {
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        List.of(N1, N2, N3).forEach(rig.mesh::crash);
        assertThat(rig.run(N3, get())).isEqualTo(found("a"));
    }

    @Test
    @Tag("hard-case-51")
    void aReadWritesBackWhatOnlyOneReplicaHolds() {
        assertThat(rig.run(N1, put("old"))).isEqualTo(WRITTEN);
        // The writer dies when its new value has reached itself alone.
        rig.mesh.onlyIf((to, message) -> !(message instanceof Propagate));
        var lost = rig.ask(N1, put("new"));
        assertThat(rig.answer(N1, lost)).isEmpty();
        rig.mesh.onlyIf((to, message) -> !to.equals(N3));
        assertThat(rig.run(N2, get())).isEqualTo(found("new"));
        rig.mesh.onlyIf((to, message) -> !to.equals(N1));
        assertThat(rig.run(N3, get())).as("read after the first read ended").isEqualTo(found("new"));
    }

    @Test
    void aReadThatItsMajorityAgreesOnWritesNothingBack() {
        rig.run(N1, put("a"));
        rig.at(N2).clear();
        rig.run(N2, get());
        assertThat(rig.mesh.replica(N2).status().details()).containsEntry("fast reads", 1L);
        assertThat(rig.mesh.replica(N2).status().details()).containsEntry("write-backs", 0L);
    }

    @Test
    void writesOfOneNodeAtOneTimeHaveTagsOfTheirOwn() {
        var context = rig.at(N1);
        var first = context.request(put("a"));
        var second = context.request(put("b"));
        assertThat(rig.answer(N1, first)).contains(WRITTEN);
        assertThat(rig.answer(N1, second)).contains(WRITTEN);
        assertThat(context.records())
                .extracting(record -> ((AbdRecord.Stored) record).tag())
                .doesNotHaveDuplicates();
        assertThat(rig.run(N2, get())).isEqualTo(found("b"));
    }

    @Test
    void ofWritesThatCountedUpAtOneTimeTheOneOfTheGreaterNodeStands() {
        var one = rig.at(N1).request(put("of n1"));
        var other = rig.at(N2).request(put("of n2"));
        assertThat(rig.answer(N1, one)).contains(WRITTEN);
        assertThat(rig.answer(N2, other)).contains(WRITTEN);
        for (var node : List.of(N1, N2, N3)) {
            assertThat(rig.run(node, get())).isEqualTo(found("of n2"));
        }
    }

    @Test
    void aRestartedWriterNeverGivesATagAgain() {
        rig.mesh.onlyIf((to, message) -> to.equals(N1) || !(message instanceof Propagate));
        rig.ask(N1, put("before"));
        var before = rig.held(N1).tag();
        rig.mesh.crash(N1);
        rig.mesh.onlyIf((to, message) -> true);
        assertThat(rig.run(N1, put("after"))).isEqualTo(WRITTEN);
        assertThat(rig.held(N1).tag()).isNotEqualTo(before);
        assertThat(rig.held(N1).tag().incarnation()).isEqualTo(2);
    }

    @Test
    void anAnswerToAnEarlierLifeIsNone() {
        rig.mesh.onlyIf((to, message) -> to.equals(N1));
        rig.mesh.crash(N1);
        var request = rig.ask(N1, put("a"));
        var nothing = new AbdMessage.Answer(1, dcluster.abd.Tag.NONE, Optional.empty());
        rig.at(N1).receive(N2, new QueryReply(1, List.of(nothing)));
        rig.at(N1).receive(N2, new PropagateReply(1, List.of(1L)));
        rig.at(N1).receive(N3, new PropagateReply(1, List.of(1L)));
        assertThat(rig.answer(N1, request)).isEmpty();
    }

    @Test
    void aDeletionIsAWriteOfNothingAndToDeleteNothingWritesNothing() {
        assertThat(rig.run(N2, new Command.Delete(KEY))).isEqualTo(number(0));
        assertThat(rig.held(N2)).isEqualTo(Register.UNWRITTEN);
        rig.run(N1, put("a"));
        assertThat(rig.run(N2, new Command.Delete(KEY))).isEqualTo(number(1));
        assertThat(rig.run(N3, get())).isEqualTo(ABSENT);
        assertThat(rig.run(N3, new Command.Delete(KEY))).isEqualTo(number(0));
        assertThat(rig.run(N3, put("b"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N1, get())).isEqualTo(found("b"));
    }

    @Test
    void aPutThatLooksFirstIsRefused() {
        for (var put : List.of(
                new Command.Put(KEY, KEY, Condition.IF_ABSENT, false),
                new Command.Put(KEY, KEY, Condition.IF_PRESENT, false),
                new Command.Put(KEY, KEY, Condition.ALWAYS, true))) {
            assertThat(rig.run(N1, put))
                    .isInstanceOfSatisfying(
                            Response.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(Reason.UNSUPPORTED));
        }
    }

    @Test
    void whatComesInOneTurnTravelsInOneMessage() {
        var context = rig.at(N1);
        var replica = rig.mesh.replica(N1);
        for (int i = 0; i < 10; i++) {
            replica.onRequest(new dcluster.spi.Request(100 + i, put("v" + i)));
        }
        replica.endTurn();
        assertThat(context.sent(N2, Query.class))
                .singleElement()
                .satisfies(query -> assertThat(query.questions()).hasSize(10));
    }

    @Test
    void aFullReplicaTakesDeletionsAndReadsAndNothingThatGrows() {
        rig.at(N1).capacity(1000);
        assertThat(rig.run(N1, put("a".repeat(500)))).isEqualTo(WRITTEN);
        var more = new Command.Put(Bytes.utf8("more"), Bytes.utf8("a".repeat(500)));
        assertThat(rig.run(N1, more))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.OVERLOADED));
        assertThat(rig.run(N1, put("b".repeat(400)))).isEqualTo(WRITTEN);
        assertThat(rig.run(N1, new Command.Delete(KEY))).isEqualTo(number(1));
        assertThat(rig.run(N1, more)).isEqualTo(WRITTEN);
    }

    @Test
    void theJournalIsRewrittenAsTheRegistersAreNow() {
        var context = rig.at(N1);
        context.weighRecords(record -> 40L << 20);
        rig.run(N1, put("a"));
        rig.run(N1, put("b"));
        rig.run(N1, put("c"));
        context.durable();
        assertThat(context.records()).hasSizeLessThan(3);
        rig.mesh.crash(N1);
        assertThat(rig.held(N1).value()).contains(Bytes.utf8("c"));
    }
}
