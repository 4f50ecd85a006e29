package dcluster.app.check;

import dcluster.app.terminal.Terminal;
import dcluster.app.terminal.Terminal.Style;
import dcluster.checker.verdict.Finding;
import dcluster.checker.verdict.Texts;
import dcluster.checker.verdict.Verdict;
import dcluster.checker.verdict.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells people a verdict and what it rests on; what a terminal would obey if a history says it is spelt out. */
public final class Words {
    private static final int MOST_WITNESSES = 20;

    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();

    private Words(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The lines to print. */
    public static List<String> of(Judged judged, Terminal terminal) {
        var words = new Words(terminal);
        words.verdict(judged);
        judged.verdict().findings().forEach(words::finding);
        words.rest(judged.verdict());
        words.page(judged);
        return words.lines;
    }

    private void verdict(Judged judged) {
        var verdict = judged.verdict();
        var guessed = judged.guessed().isEmpty() ? "" : " (guessed: " + Texts.visible(judged.guessed()) + ")";
        lines.add(terminal.style(Style.BOLD, Texts.visible(judged.file())) + ": " + answer(verdict) + " as "
                + verdict.check() + guessed + ": " + Texts.visible(verdict.reason()));
        if (judged.history().isCut()) {
            lines.add("  its last line is cut, as by a recorder that was killed, and left out");
        }
    }

    private String answer(Verdict verdict) {
        return terminal.style(
                switch (verdict.answer()) {
                    case VALID -> Style.GREEN;
                    case INVALID -> Style.RED;
                    case UNKNOWN -> Style.YELLOW;
                },
                verdict.answer().word());
    }

    private void finding(Finding finding) {
        var key = finding.key();
        var where = key == null || key.isEmpty() ? "" : ", key " + Texts.visible(key);
        lines.add("  " + terminal.style(Style.RED, finding.name()) + where + ":");
        if (!finding.states().isEmpty()) {
            lines.add("    before, it held: " + Texts.visible(String.join("  or: ", finding.states())));
        }
        var shown = finding.witnesses().stream().limit(MOST_WITNESSES).toList();
        int name = width(shown.stream().map(Witness::name).toList());
        int place = width(shown.stream().map(Witness::lines).toList());
        shown.forEach(witness -> lines.add("    " + pad(witness.name(), name) + "  line " + pad(witness.lines(), place)
                + "  process " + witness.operation().client() + ": " + Texts.visible(witness.text())));
        int more = finding.witnesses().size() - shown.size();
        if (more > 0) {
            lines.add("    and " + more + " more");
        }
        finding.reasons().forEach(reason -> lines.add("    " + terminal.style(Style.FAINT, Texts.visible(reason))));
        if (!finding.isSmallest()) {
            lines.add("    there was no time to look whether fewer show it");
        }
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private void page(Judged judged) {
        if (judged.page() != null) {
            lines.add("  drawn in " + Texts.visible(judged.page().toString()));
        } else if (!judged.verdict().findings().isEmpty()) {
            lines.add(terminal.style(Style.FAINT, "  --html FILE draws it"));
        }
    }

    /** What the shown findings do not tell. */
    private void rest(Verdict verdict) {
        if (verdict.figures().get("anomalies") instanceof Map<?, ?> anomalies && !anomalies.isEmpty()) {
            lines.add("  anomalies found: "
                    + anomalies.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }
}
