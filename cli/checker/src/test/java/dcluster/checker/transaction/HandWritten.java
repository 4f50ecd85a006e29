package dcluster.checker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.testing.HandWrittenHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A history written by hand, and what a checker must say of it.
 *
 * @param script in the short hand of {@link dcluster.checker.testing.TransactionScript}
 * @param phenomena the names of all that is wrong with it, in order of the phenomena; empty if nothing is
 * @param levels the strongest that hold, in their order
 * @param reason why
 */
record HandWritten(String script, List<String> phenomena, List<String> levels, String reason) {
    /** Accepted histories, one a line: script, bar, reason. */
    static List<HandWritten> accepted(String table) {
        return table.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells ->
                        new HandWritten(cells[0].trim(), List.of(), List.of("strict serializable"), cells[1].trim()))
                .toList();
    }

    /** Rejected histories, two lines each: script, phenomena, and strongest levels, parted by bars; and the reason. */
    static List<HandWritten> rejected(String table) {
        var lines = table.lines().toList();
        var histories = new ArrayList<HandWritten>();
        for (int i = 0; i < lines.size(); i += 2) {
            var cells = lines.get(i).split("\\|", -1);
            histories.add(new HandWritten(
                    cells[0].trim(),
                    words(cells[1]),
                    words(cells[2]),
                    lines.get(i + 1).trim()));
        }
        return histories;
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.split(",", -1)).map(String::trim).toList();
    }

    /** Demands exactly this of what was found. */
    void requireOf(Isolation found) {
        assertThat(found.anomalies().stream()
                        .map(anomaly -> anomaly.phenomenon().word())
                        .distinct())
                .as("%s", found.anomalies())
                .containsExactlyElementsOf(phenomena);
        assertThat(found.strongest().stream().map(Level::word)).containsExactlyElementsOf(levels);
    }

    /** Demands twenty of each at least, no two of them equal up to renaming. */
    static void requireVariety(List<HandWritten> accepted, List<HandWritten> rejected) {
        HandWrittenHistory.requireVariety(
                accepted.stream().map(HandWritten::canonical).toList(),
                rejected.stream().map(HandWritten::canonical).toList());
    }

    /** The script with clients, keys and values named in order of their appearance. */
    String canonical() {
        Map<Character, Map<Character, Integer>> names =
                Map.of('c', new HashMap<>(), 'k', new HashMap<>(), 'v', new HashMap<>());
        var text = new StringBuilder();
        for (int i = 0; i < script.length(); i++) {
            char letter = script.charAt(i);
            boolean isClient = i == 0 || script.charAt(i - 1) == ' ';
            char kind = Character.isDigit(letter) ? 'v' : isClient ? 'c' : Character.isLetter(letter) ? 'k' : ' ';
            var known = names.get(kind);
            if (known == null) {
                text.append(letter);
            } else {
                text.append(kind).append(known.computeIfAbsent(letter, unknown -> known.size()));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return script + " (" + reason + ")";
    }
}
