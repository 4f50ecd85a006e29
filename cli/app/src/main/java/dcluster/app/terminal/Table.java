package dcluster.app.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of columns that are as wide as their widest cell, two blanks apart; numbers stand to the right. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> numeric = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    Table(List<String> headings) {
        headings.forEach(heading -> {
            numeric.add(true);
            widths.add(0);
        });
        measure(headings);
        rows.add(headings);
    }

    /** Adds a row that has a cell for each heading. */
    void add(List<String> cells) {
        measure(cells);
        for (int i = 0; i < cells.size(); i++) {
            numeric.set(i, numeric.get(i) && cells.get(i).matches("-|[0-9][0-9,.]*"));
        }
        rows.add(cells);
    }

    /** The heading and the rows, without blanks at the end. */
    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private void measure(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            widths.set(i, Math.max(widths.get(i), width(cells.get(i))));
        }
    }

    private String line(List<String> cells) {
        var padded = new ArrayList<String>();
        for (int i = 0; i < cells.size(); i++) {
            var blanks = " ".repeat(widths.get(i) - width(cells.get(i)));
            padded.add(numeric.get(i) ? blanks + cells.get(i) : cells.get(i) + blanks);
        }
        return padded.stream().collect(Collectors.joining("  ")).stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
