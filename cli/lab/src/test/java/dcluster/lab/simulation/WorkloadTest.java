package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Function;
import dcluster.lab.simulation.Seen.Cart;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
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
