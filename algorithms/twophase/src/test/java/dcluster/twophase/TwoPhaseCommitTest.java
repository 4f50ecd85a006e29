package dcluster.twophase;

import static dcluster.twophase.Rig.ABSENT;
import static dcluster.twophase.Rig.C;
import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.N3;
import static dcluster.twophase.Rig.number;
import static dcluster.twophase.Rig.numbers;
import static dcluster.twophase.Rig.text;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see where nothing fails; every message arrives twice. */
class TwoPhaseCommitTest {
    private final Rig rig = new Rig();

    @Test
    void aCommandOfOneKeyIsServedByItsParticipantAndRedirectedByAllOthers() {
        var put = new Command.Put(rig.key(N2), Bytes.utf8("v"));
        assertThat(rig.run(N1, put)).isEqualTo(new Response.Redirect(N2));
        assertThat(rig.run(C, put)).isEqualTo(new Response.Redirect(N2));
        assertThat(rig.run(N2, put)).isEqualTo(new Response.Ok(new Result.Applied(true)));
        assertThat(rig.read(N2)).isEqualTo(text("v"));
    }

    @Test
    void aTransactionOfSeveralShardsIsTheCoordinators() {
        assertThat(rig.run(N1, rig.increments(N1, N2))).isEqualTo(new Response.Redirect(C));
        assertThat(rig.run(C, rig.increments(N1, N2))).isEqualTo(numbers(1, 1));
        assertThat(rig.run(C, rig.increments(N2, N3, N2))).isEqualTo(numbers(2, 1, 3));
        assertThat(rig.read(N2)).isEqualTo(text("3"));
    }

    @Test
    void aTransactionOfOneShardTakesOnePhase() {
        rig.mesh.repeatNothing();
        long before = rig.mesh.delivered();
        assertThat(rig.run(N1, rig.increments(N1, N1))).isEqualTo(numbers(1, 2));
        assertThat(rig.mesh.delivered()).isEqualTo(before);
        assertThat(rig.at(N1).records()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anyProtocolCommitsOnAllParticipants(Protocol protocol) {
        var one = new Rig(Rig.config(protocol));
        assertThat(one.run(C, one.increments(N1, N2, N3))).isEqualTo(numbers(1, 1, 1));
        assertThat(one.run(C, one.increments(N1, N2, N3))).isEqualTo(numbers(2, 2, 2));
        assertThat(List.of(one.read(N1), one.read(N2), one.read(N3))).containsExactly(text("2"), text("2"), text("2"));
        assertThat(one.coordinator().log().size()).isZero();
    }

    @Test
    void aTransactionSeesItsOwnWrites() {
        var key = rig.key(N1);
        var other = rig.key(N2);
        var response = rig.run(
                C,
                new Command.Transaction(List.of(
                        new Command.Put(key, Bytes.utf8("v")),
                        new Command.Get(key),
                        new Command.Append(other, List.of(Bytes.utf8("e"))),
                        new Command.ReadList(other, 0, -1),
                        new Command.Delete(key),
                        new Command.Exists(key))));
        assertThat(((Result.Each) ((Response.Ok) response).result()).results())
                .containsExactly(
                        new Result.Applied(true),
                        new Result.Found(Bytes.utf8("v")),
                        new Result.WholeNumber(1),
                        new Result.Elements(List.of(Bytes.utf8("e"))),
                        new Result.WholeNumber(1),
                        new Result.WholeNumber(0));
        assertThat(rig.read(N1)).isEqualTo(ABSENT);
    }

    @Test
    void aCommandThatFailsAbortsAllAndIsWhatTheClientIsTold() {
        rig.run(N1, new Command.Append(rig.key(N1), List.of(Bytes.utf8("e"))));
        var response = rig.run(C, rig.increments(N2, N1));
        assertThat(response)
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.WRONG_TYPE));
        assertThat(rig.read(N2)).isEqualTo(ABSENT);
        assertNothingIsLeft();
    }

    @Test
    void aTransactionWhoseWatchedKeyHasChangedDoesNothingAnywhere() {
        var watched = new Command.Watched(rig.key(N3), 0);
        var transaction = new Command.Transaction(rig.increments(N1, N2).commands(), List.of(watched));
        assertThat(rig.run(C, transaction)).isEqualTo(numbers(1, 1));
        rig.run(N3, new Command.Put(rig.key(N3), Bytes.utf8("v")));
        assertThat(rig.run(C, transaction)).isEqualTo(new Response.Ok(new Result.Applied(false)));
        assertThat(rig.read(N1)).isEqualTo(text("1"));
        var version =
                ((Result.WholeNumber) ((Response.Ok) rig.run(N3, new Command.Watch(rig.key(N3)))).result()).value();
        var fresh = new Command.Transaction(transaction.commands(), List.of(new Command.Watched(rig.key(N3), version)));
        assertThat(rig.run(C, fresh)).isEqualTo(numbers(2, 2));
        assertNothingIsLeft();
    }

    @Test
    void aTransactionThatOnlyReadsLeavesNoRecordAndNoLock() {
        rig.run(N1, new Command.Increment(rig.key(N1), 5));
        int records = rig.at(C).records().size();
        var response = rig.run(
                C, new Command.Transaction(List.of(new Command.Get(rig.key(N1)), new Command.Get(rig.key(N2)))));
        assertThat(((Result.Each) ((Response.Ok) response).result()).results())
                .containsExactly(new Result.Found(Bytes.utf8("5")), new Result.Absent());
        assertThat(rig.at(C).records()).hasSize(records);
        assertNothingIsLeft();
    }

    @Test
    void whatFitsIntoNoMessageIsNotSent() {
        var large = Bytes.copyOf(new byte[Limits.MAX_VALUE_BYTES]);
        rig.run(N1, new Command.Put(rig.key(N1), large));
        var commands = new ArrayList<Command>(Collections.nCopies(5, new Command.Get(rig.key(N1))));
        commands.add(new Command.Increment(rig.key(N2), 1));
        assertThat(rig.run(C, new Command.Transaction(commands)))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.UNSUPPORTED));
        assertThat(rig.read(N2)).isEqualTo(ABSENT);
        assertNothingIsLeft();
    }

    @Test
    void whatFitsIntoNoAnswerIsRefusedBeforeAnythingIsDone() {
        var large = Bytes.copyOf(new byte[Limits.MAX_VALUE_BYTES]);
        var commands = new ArrayList<Command>();
        for (var node : List.of(N1, N2)) {
            rig.run(node, new Command.Put(rig.key(node), large));
            commands.addAll(Collections.nCopies(3, new Command.Get(rig.key(node))));
        }
        commands.add(new Command.Increment(rig.key(N3), 1));
        assertThat(rig.run(C, new Command.Transaction(commands)))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.message()).contains("above the limit"));
        assertThat(rig.read(N3)).isEqualTo(ABSENT);
        assertNothingIsLeft();
    }

    @Test
    void whatTheCoordinatorHoldsOfAllThatIsUnderWayIsBounded() {
        rig.run(N1, new Command.Put(rig.key(N1), Bytes.copyOf(new byte[1000])));
        rig.at(C).capacity(1500);
        rig.mesh.onlyIf((to, message) -> !(message instanceof TwoPhaseMessage.Prepare));
        var commands = List.<Command>of(new Command.Get(rig.key(N1)), new Command.Get(rig.key(N2)));
        var first = rig.ask(C, new Command.Transaction(commands));
        assertThat(rig.run(C, new Command.Transaction(commands)))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.OVERLOADED));
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofMillis(400));
        assertThat(rig.answer(C, first)).containsInstanceOf(Response.Ok.class);
        assertThat(rig.run(C, new Command.Transaction(commands))).isInstanceOf(Response.Ok.class);
    }

    @Test
    void onlyWhoeverHasNotExecutedIsAskedAgain() {
        var asked = new ArrayList<NodeId>();
        rig.mesh.repeatNothing();
        rig.mesh.onlyIf((to, message) -> {
            if (message instanceof TwoPhaseMessage.Execute) {
                asked.add(to);
            }
            return !(to.equals(N2) && message instanceof TwoPhaseMessage.Execute) || asked.size() > 3;
        });
        var request = rig.ask(C, rig.increments(N1, N2));
        rig.pass(Duration.ofSeconds(1));
        assertThat(asked).containsExactly(N1, N2, N2, N2);
        assertThat(rig.answer(C, request)).contains(numbers(1, 1));
    }

    @Test
    void whoeverVotesNoKeepsNoLockOfAnExecutionThatNobodyKnows() {
        var executes = new ArrayList<TwoPhaseMessage>();
        rig.mesh.onlyIf((to, message) -> {
            if (to.equals(N1) && message instanceof TwoPhaseMessage.Execute) {
                executes.add(message);
            }
            return !(message instanceof TwoPhaseMessage.Prepare);
        });
        var request = rig.ask(C, rig.increments(N1, N2));
        rig.mesh.crash(N1);
        rig.at(N1).receive(C, executes.get(0));
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofMillis(400));
        assertThat(rig.answer(C, request)).containsInstanceOf(Response.Failed.class);
        assertNothingIsLeft();
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothing() {
        rig.at(N2).capacity(100);
        assertThat(rig.run(C, rig.increments(N1, N2)))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.OVERLOADED));
        assertThat(rig.run(N2, new Command.Increment(rig.key(N2), 1))).isInstanceOf(Response.Failed.class);
        assertThat(rig.read(N1)).isEqualTo(ABSENT);
        assertNothingIsLeft();
    }

    @Test
    void aCommandOfAnotherClientWaitsForTheLocksOfATransactionThatIsUnderWay() {
        rig.mesh.onlyIf((to, message) -> !(message instanceof TwoPhaseMessage.Vote));
        var transaction = rig.ask(C, rig.increments(N1, N2));
        var read = rig.ask(N1, new Command.Get(rig.key(N1)));
        assertThat(rig.answer(N1, read)).isEmpty();
        assertThat(rig.run(N1, new Command.Get(rig.key(N1, 1)))).isEqualTo(ABSENT);
        rig.mesh.onlyIf((to, message) -> true);
        rig.pass(Duration.ofMillis(400));
        assertThat(rig.answer(C, transaction)).contains(numbers(1, 1));
        assertThat(rig.answer(N1, read)).contains(text("1"));
        assertThat(rig.run(N1, new Command.Increment(rig.key(N1), 1))).isEqualTo(number(2));
    }

    private void assertNothingIsLeft() {
        for (var node : List.of(N1, N2, N3)) {
            assertThat(rig.participant(node).admission().lockedKeys())
                    .as(node.name())
                    .isZero();
            assertThat(rig.participant(node).shard().prepared()).isEmpty();
        }
    }
}
