package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Function;
import dcluster.lab.simulation.Seen.Cart;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Result;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final Seen A_CART = Seen.NOTHING.withCart(new Cart("cart0", new TreeSet<>(), Bytes.EMPTY));

    private static Workload of(Consistency claimed, Map<Class<? extends Command>, String> unserved) {
        return new Workload(2, new Traits(claimed, "something", unserved, Set.of(), List.of()));
    }

    private static List<Question> questions(Workload workload, Seen seen) {
        var random = new SplittableRandom(1);
        return IntStream.range(0, 500)
                .mapToObj(i -> workload.draw(random, "" + i, seen))
                .toList();
    }

    private static boolean isOfCart(Question question) {
        return question instanceof CartQuestion;
    }

    @Test
    void whoMayMergeAsksForCartsAndReadsEachInTheEnd() {
        var workload = of(Consistency.REGULAR, Map.of());
        assertThat(questions(workload, A_CART))
                .anyMatch(WorkloadTest::isOfCart)
                .anyMatch(question -> question.command() instanceof Command.Merge)
                .anyMatch(question -> question instanceof KeyQuestion);
        assertThat(workload.everything())
                .extracting(Question::toString)
                .contains("read cart0", "read cart1")
                .doesNotContain("read cart2");
    }

    @Test
    void whoHasSeenNoCartReadsOneFirst() {
        assertThat(questions(of(Consistency.REGULAR, Map.of()), Seen.NOTHING))
                .anyMatch(WorkloadTest::isOfCart)
                .noneMatch(question -> question.command() instanceof Command.Merge);
    }

    @Test
    void whereSiblingsAreReadButNotMergedThereAreNoCarts() {
        var workload = of(Consistency.REGULAR, Map.of(Command.Merge.class, "no"));
        assertThat(questions(workload, A_CART)).noneMatch(WorkloadTest::isOfCart);
        assertThat(workload.everything()).noneMatch(WorkloadTest::isOfCart);
    }

    private static Workload unserved(Class<? extends Command> command) {
        return of(
                Consistency.STRICT_SERIALIZABLE,
                Map.of(Command.Merge.class, "no", Command.ReadSiblings.class, "no", command, "no"));
    }

    private static List<TransactionQuestion> transactions(List<Question> questions) {
        return questions.stream()
                .filter(TransactionQuestion.class::isInstance)
                .map(TransactionQuestion.class::cast)
                .toList();
    }

    @Test
    void transactionsAreOverListsOrRegistersOrAccountsAndAllOfEachAreReadInTheEnd() {
        var workload = of(Consistency.STRICT_SERIALIZABLE, Map.of());
        assertThat(transactions(questions(workload, Seen.NOTHING)))
                .extracting(WorkloadTest::kind)
                .contains("shared", "cell", "account")
                .allMatch(kind -> !kind.isEmpty());
        assertThat(workload.everything())
                .extracting(Question::toString)
                .contains(
                        "txn [[r, shared0, null], [r, shared1, null]]",
                        "txn [[r, cell0, null], [r, cell1, null]]",
                        "txn [[r, account0, null], [r, account1, null]]");
    }

    /** What all its keys are, but for their numbers; nothing if they differ. */
    private static String kind(TransactionQuestion question) {
        var kinds = question.steps().stream()
                .map(step -> step.key().replaceAll("[0-9]", ""))
                .distinct()
                .toList();
        return kinds.size() == 1 ? kinds.get(0) : "";
    }

    @Test
    void aTransferMovesNothingInSumBetweenAccountsThatDiffer() {
        var workload =
                new Workload(4, of(Consistency.STRICT_SERIALIZABLE, Map.of()).traits());
        var transfers = transactions(questions(workload, Seen.NOTHING)).stream()
                .map(TransactionQuestion::steps)
                .filter(steps -> steps.get(0) instanceof Step.Move)
                .toList();
        assertThat(transfers).extracting(List::size).contains(2, 3);
        assertThat(transfers).allSatisfy(steps -> {
            assertThat(steps.stream().mapToLong(step -> ((Step.Move) step).amount()))
                    .doesNotContain(0L);
            assertThat(steps.stream()
                            .mapToLong(step -> ((Step.Move) step).amount())
                            .sum())
                    .isZero();
            assertThat(steps).extracting(Step::key).doesNotHaveDuplicates();
        });
    }

    @Test
    void oneKeyOfEachKindStillMakesABankOfTwoAccounts() {
        var workload =
                new Workload(1, of(Consistency.STRICT_SERIALIZABLE, Map.of()).traits());
        assertThat(transactions(questions(workload, Seen.NOTHING)))
                .filteredOn(question -> question.steps().get(0) instanceof Step.Move)
                .isNotEmpty()
                .allSatisfy(question -> assertThat(question.steps())
                        .extracting(Step::key)
                        .containsExactlyInAnyOrder("account0", "account1"));
    }

    @Test
    void whoHasWatchedAListLetsItsNextTransactionDependOnIt() {
        var workload = of(Consistency.STRICT_SERIALIZABLE, Map.of());
        var watch = new WatchQuestion("shared1");
        assertThat(questions(workload, Seen.NOTHING))
                .contains(watch)
                .noneMatch(question -> question instanceof WatchedQuestion);
        var found = new Result.Each(List.of(new Result.Elements(List.of(Bytes.utf8("a"))), new Result.WholeNumber(7)));
        var seen = watch.seen(found, Seen.NOTHING);
        assertThat(questions(workload, seen))
                .noneMatch(question -> question instanceof TransactionQuestion || question instanceof WatchQuestion)
                .filteredOn(question -> question instanceof WatchedQuestion)
                .isNotEmpty()
                .allSatisfy(question -> {
                    assertThat(((Command.Transaction) question.command()).watched())
                            .containsExactly(new Command.Watched(Bytes.utf8("shared1"), 7));
                    assertThat(question.isAborted(new Result.Applied(false))).isTrue();
                    assertThat(question.seen(new Result.Applied(false), seen)).isEqualTo(Seen.NOTHING);
                });
    }

    @Test
    void whatIsNotServedIsNoPartOfATransaction() {
        assertThat(questions(unserved(Command.Transaction.class), Seen.NOTHING))
                .noneMatch(question -> question.command() instanceof Command.Transaction);
        assertThat(questions(unserved(Command.Watch.class), Seen.NOTHING))
                .anyMatch(question -> question.command() instanceof Command.Transaction)
                .noneMatch(question -> question instanceof WatchQuestion);
        assertThat(questions(unserved(Command.Increment.class), Seen.NOTHING))
                .noneMatch(question -> question.command() instanceof Command.Transaction all
                        && all.commands().stream().anyMatch(Command.Increment.class::isInstance));
    }

    @Test
    void registersThatAreRegularAtMostAreNotCompared() {
        assertThat(questions(of(Consistency.LINEARIZABLE, Map.of()), Seen.NOTHING))
                .anyMatch(question -> question.ask().function() == Function.CAS);
        for (var claimed : List.of(Consistency.REGULAR, Consistency.EVENTUAL)) {
            assertThat(questions(of(claimed, Map.of()), Seen.NOTHING))
                    .noneMatch(question -> question.ask().function() == Function.CAS)
                    .anyMatch(question -> question.command() instanceof Command.Delete);
        }
    }
}
