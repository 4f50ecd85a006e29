package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of quoting in lines. */
class InlineWordsTest {
    @Test
    void blanksPartWordsAndMeanNothingElse() throws ProtocolException {
        assertThat(split("  set\tk   v  ")).containsExactly("set", "k", "v");
        assertThat(split("")).isEmpty();
        assertThat(split(" \t ")).isEmpty();
    }

    @Test
    void doubleQuotesKnowEscapes() throws ProtocolException {
        assertThat(split("\"a b\" \"\\n\\r\\t\\b\\a\" \"\\x41\\xfF\" \"\\\"\\\\\\q\" \"\""))
                .containsExactly("a b", "\n\r\t\b\u0007", "A\u00ff", "\"\\q", "");
    }

    @Test
    void anIncompleteHexEscapeIsItsLetters() throws ProtocolException {
        assertThat(split("\"\\x4\" \"\\xzz\"")).containsExactly("x4", "xzz");
    }

    @Test
    void singleQuotesKnowOnlyTheirOwn() throws ProtocolException {
        assertThat(split("'a \\n b' 'it\\'s' ''")).containsExactly("a \\n b", "it's", "");
    }

    @Test
    void quotesMayBeginInsideAWordButEndIt() throws ProtocolException {
        assertThat(split("ab\"c d\"")).containsExactly("abc d");
        assertUnbalanced("\"ab\"c");
        assertUnbalanced("'ab'c");
    }

    @Test
    void quotesHaveToEnd() {
        assertUnbalanced("\"ab");
        assertUnbalanced("'ab");
        assertUnbalanced("\"ab\\\"");
        assertUnbalanced("\"ab\\");
        assertUnbalanced("'ab\\'");
    }

    @Test
    void oneCarriageReturnBelongsToTheLinesEnd() throws ProtocolException {
        assertThat(split("get k\r")).containsExactly("get", "k");
    }

    private static void assertUnbalanced(String line) {
        assertThatThrownBy(() -> split(line))
                .as(line)
                .isInstanceOf(ProtocolException.class)
                .hasMessage("unbalanced quotes in request");
    }

    private static List<String> split(String line) throws ProtocolException {
        byte[] bytes = Resp.bytes("xx" + line + "\nyy");
        return InlineWords.split(bytes, 2, 2 + line.length()).stream()
                .map(word -> Resp.text(word.toArray()))
                .toList();
    }
}
