package dcluster.checker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** Tables of histories that a checker must accept or reject: three cells a line or four, parted by bars. */
public final class Scenes {
    /** A history, what is told of it, and why. */
    public record Row(String reason, String script, String told, String more) {
        @Override
        public String toString() {
            return reason + ": " + script;
        }
    }

    private Scenes() {}

    /** The rows of a table: reason, script, what is told, and more if need be. */
    public static List<Row> of(String table) {
        return table.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Row(
                        cells[0].trim(), cells[1].trim(), cells[2].trim(), cells.length > 3 ? cells[3].trim() : ""))
                .toList();
    }

    /** Demands twenty of each at least, no two of them equal up to renaming, each with a reason of its own. */
    public static void requireVariety(List<Row> accepted, List<Row> rejected) {
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(20);
        assertThat(rejected).hasSizeGreaterThanOrEqualTo(20);
        assertThat(Stream.concat(accepted.stream(), rejected.stream()).map(row -> Scene.canonical(row.script)))
                .doesNotHaveDuplicates();
        assertThat(Stream.concat(accepted.stream(), rejected.stream()).map(Row::reason))
                .doesNotHaveDuplicates()
                .noneMatch(String::isEmpty);
    }
}
