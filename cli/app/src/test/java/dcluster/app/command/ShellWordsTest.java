package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    private static final List<String> WORDS =
            List.of("simulate", "-a", "raft:pre-vote=false,reads=lease", "--set", "a={b: c}", "it's", "$HOME", "");

    @Test
    void wordsAreQuotedWhereAShellNeedsIt() {
        assertThat(ShellWords.join(WORDS.subList(0, 5)))
                .isEqualTo("simulate -a raft:pre-vote=false,reads=lease --set 'a={b: c}'");
    }

    @Test
    void aShellReadsTheSameWords() throws Exception {
        var shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + ShellWords.join(WORDS)).start();
        var read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(read).isEqualTo(String.join("\n", WORDS) + "\n");
    }
}
