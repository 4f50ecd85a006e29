package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import dcluster.lab.simulation.Shelf.Flaw;
import dcluster.simulation.Beyond;
import dcluster.simulation.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lives of a store that keeps siblings, and what is demanded of them. */
class ShelfTest {
    private static final Seeds SEEDS = new Seeds(1, 12);

    private static Report campaign(Subject subject) {
        return new Campaign(subject, Terms.DEFAULT, SEEDS).run(1, () -> {});
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "TRUSTS_ITS_CLOCK"})
    void whatKeepsItsPromiseIsClean(Flaw flaw) {
        var report = campaign(Subjects.shelf(flaw));
        assertThat(report.broken()).isEmpty();
        assertThat(report.undecided()).isEmpty();
        assertThat(report.coverage().properties())
                .anyMatch(met -> met.what().equals("siblings seen") && met.seeds() == SEEDS.count());
    }

    @ParameterizedTest
    @CsvSource({
        "DROPS_SIBLINGS, No Lost Writes",
        "DROPS_SIBLINGS_AND_CLAIMS_LITTLE, No Lost Writes",
        "INVENTS_ELEMENTS, No Invented Writes"
    })
    void aCartThatIsTreatedBadlyIsFound(Flaw flaw, String property) {
        assertThat(campaign(Subjects.shelf(flaw)).broken().orElseThrow().property())
                .isEqualTo(property);
    }

    /** Of registers, or of carts: both are read. */
    @Test
    void anOldValueIsFound() {
        assertThat(campaign(Subjects.shelf(Flaw.ANSWERS_OLD_VALUES))
                        .broken()
                        .orElseThrow()
                        .property())
                .isIn("Regularity", "No Lost Writes");
    }

    @Test
    void whoTrustsClocksBreaksWhereTheyLie() {
        var subject = Subjects.shelf(Flaw.TRUSTS_ITS_CLOCK).under(Beyond.LYING_CLOCKS);
        var found = new BeyondHunt(subject, Terms.DEFAULT, SEEDS).run(1, () -> {});
        assertThat(found.isOwedToThem()).as("%s", found).isTrue();
        assertThat(found.report().broken().orElseThrow().property()).isEqualTo("Regularity");
    }

    @Test
    void clientsSeeSiblingsOfRegistersAndFullCarts() {
        var operations = operations(4);
        assertThat(operations).anyMatch(operation -> operation.output() instanceof Siblings);
        assertThat(operations)
                .anyMatch(operation -> operation.isOk()
                        && String.valueOf(operation.key()).startsWith("cart")
                        && operation.output() instanceof List<?> elements
                        && elements.size() > 10);
    }

    private static List<Operation> operations(long seed) {
        var subject = Subjects.shelf(Flaw.NONE);
        var schedule = new Life(subject, Terms.DEFAULT, seed).schedule();
        var run = new Run(schedule.of(subject.whole(schedule)), schedule, Trace.NONE);
        run.live();
        return run.operations();
    }
}
