package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Fault.Partition.Form;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each row is a sender, each column a receiver; {@code x} does not hear. */
class PartitionsTest {
    private static String drawn(Form form, int nodes, int target) {
        return IntStream.range(0, nodes)
                .mapToObj(from -> IntStream.range(0, nodes)
                        .mapToObj(to -> from == to ? "-" : Partitions.isCut(form, nodes, target, from, to) ? "x" : ".")
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }

    /** Three, four and five nodes side by side, around the first of them. */
    private static String drawn(Form form) {
        var three = drawn(form, 3, 0).lines().toList();
        var four = drawn(form, 4, 0).lines().toList();
        var five = drawn(form, 5, 0).lines().toList();
        return IntStream.range(0, 5)
                .mapToObj(row -> (row < 3 ? three.get(row) : "     ") + "   " + (row < 4 ? four.get(row) : "       ")
                        + "   " + five.get(row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void halvesAreAsEqualAsCanBeWithTheTargetInTheSmallerOne() {
        assertThat(drawn(Form.HALVES)).isEqualTo("""
                - x x   - . x x   - . x x x
                x - .   . - x x   . - x x x
                x . -   x x - .   x x - . .
                        x x . -   x x . - .
                                  x x . . -
                """);
    }

    @Test
    void anIsolatedNodeAndTheOthersDoNotHearEachOther() {
        assertThat(drawn(Form.ISOLATE)).isEqualTo("""
                - x x   - x x x   - x x x x
                x - .   x - . .   x - . . .
                x . -   x . - .   x . - . .
                        x . . -   x . . - .
                                  x . . . -
                """);
    }

    @Test
    void aDeafNodeHearsNobody() {
        assertThat(drawn(Form.DEAF)).isEqualTo("""
                - . .   - . . .   - . . . .
                x - .   x - . .   x - . . .
                x . -   x . - .   x . - . .
                        x . . -   x . . - .
                                  x . . . -
                """);
    }

    @Test
    void nobodyHearsAMuteNode() {
        assertThat(drawn(Form.MUTE)).isEqualTo("""
                - x x   - x x x   - x x x x
                . - .   . - . .   . - . . .
                . . -   . . - .   . . - . .
                        . . . -   . . . - .
                                  . . . . -
                """);
    }

    @Test
    void twoSidesHearEachOtherThroughTheBridgeAlone() {
        assertThat(drawn(Form.BRIDGE)).isEqualTo("""
                - . .   - . . .   - . . . .
                . - x   . - x x   . - . x x
                . x -   . x - .   . . - x x
                        . x . -   . x x - .
                                  . x x . -
                """);
    }

    @Test
    void inARingEachHearsAMajorityAndNoTwoTheSame() {
        assertThat(drawn(Form.MAJORITIES_RING)).isEqualTo("""
                - x .   - x . .   - x x . .
                . - x   . - x .   . - x x .
                x . -   . . - x   . . - x x
                        x . . -   x . . - x
                                  x x . . -
                """);
    }

    @Test
    void aThirdIsCutOff() {
        assertThat(drawn(Form.MINORITY_THIRD)).isEqualTo("""
                - x x   - x x x   - x x x x
                x - .   x - . .   x - . . .
                x . -   x . - .   x . - . .
                        x . . -   x . . - .
                                  x . . . -
                """);
    }

    @Test
    void aPartitionTurnsWithItsTarget() {
        assertThat(drawn(Form.HALVES, 5, 4)).isEqualTo("""
                - x x x .
                x - . . x
                x . - . x
                x . . - x
                . x x x -""");
        assertThat(drawn(Form.DEAF, 3, 1)).isEqualTo("""
                - x .
                . - .
                . x -""");
    }

    @ParameterizedTest
    @EnumSource
    void everyFormCutsSomethingAndNobodyFromItself(Form form) {
        for (int nodes : new int[] {3, 4, 5, 7}) {
            for (int target = 0; target < nodes; target++) {
                assertThat(drawn(form, nodes, target)).contains("x");
                assertThat(Partitions.isCut(form, nodes, target, target, target))
                        .isFalse();
            }
        }
    }
}
