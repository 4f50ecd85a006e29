package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a transaction as text: words parted by blanks, commands by semicolons and line ends. Between quotes,
 * single or double, both are part of a word, and so is whatever stands behind a backslash, but for single quotes, which
 * leave all as it is.
 */
final class TxnScript {
    private final String text;
    private final List<TxnStep> steps = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private @Nullable StringBuilder word;
    private int at;

    private TxnScript(String text) {
        this.text = text;
    }

    /**
     * The commands of all texts, in order.
     *
     * @throws Failure if there are none, or one is not understood
     */
    static List<TxnStep> steps(List<String> texts) {
        var all = new ArrayList<TxnStep>();
        texts.forEach(text -> all.addAll(new TxnScript(text).read()));
        if (all.isEmpty()) {
            throw new Failure(Exit.USAGE, "there is no command; a transaction is like \"put a 1; get b\"");
        }
        return all;
    }

    private List<TxnStep> read() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == ';' || next == '\n') {
                endStep();
            } else if (Character.isWhitespace(next)) {
                endWord();
            } else if (next == '"' || next == '\'') {
                quoted(next);
            } else {
                begun().append(next == '\\' ? escaped() : next);
            }
        }
        endStep();
        return steps;
    }

    private StringBuilder begun() {
        if (word == null) {
            word = new StringBuilder();
        }
        return word;
    }

    private void quoted(char quote) {
        var inside = begun();
        int from = at;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == quote) {
                return;
            }
            inside.append(next == '\\' && quote == '"' ? escaped() : next);
        }
        throw new Failure(Exit.USAGE, "the quote before '" + text.substring(from) + "' is not closed");
    }

    private char escaped() {
        if (at == text.length()) {
            throw new Failure(Exit.USAGE, "nothing stands behind the backslash at the end of '" + text + "'");
        }
        return text.charAt(at++);
    }

    private void endWord() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }

    private void endStep() {
        endWord();
        if (!words.isEmpty()) {
            steps.add(TxnStep.of(words));
            words.clear();
        }
    }
}
