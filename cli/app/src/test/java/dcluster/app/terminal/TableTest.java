package dcluster.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandToTheRight() {
        var table = new Table(List.of("NODE", "PID", "ROLE"));
        table.add(List.of("n1", "7", "leader"));
        table.add(List.of("coordinator", "12345", "-"));
        assertThat(table.lines())
                .containsExactly(
                        "NODE           PID  ROLE", //
                        "n1               7  leader",
                        "coordinator  12345  -");
    }

    @Test
    void aColumnWithAWordInItStandsToTheLeft() {
        var table = new Table(List.of("X", "Y"));
        table.add(List.of("1", "a"));
        table.add(List.of("b", "a"));
        table.add(List.of("333", "a"));
        assertThat(table.lines()).containsExactly("X    Y", "1    a", "b    a", "333  a");
    }
}
