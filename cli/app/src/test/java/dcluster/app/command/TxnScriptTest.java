package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TxnScriptTest {
    @Test
    void commandsArePartedBySemicolonsAndAskedInTheProtocolsWords() {
        assertThat(asked("put a 1; get b;incr c 5 ; append l x y;; del d"))
                .containsExactly("SET|a|1", "GET|b", "INCRBY|c|5", "RPUSH|l|x|y", "DEL|d");
        assertThat(asked("cas a 1 2", "list l", "list l 1; list l 1 2\nincr c"))
                .containsExactly("CAS|a|1|2", "LRANGE|l|0|-1", "LRANGE|l|1|-1", "LRANGE|l|1|2", "INCRBY|c|1");
    }

    @Test
    void quotesKeepBlanksAndSemicolonsTogether() {
        assertThat(asked("put 'a key' \"one; two\"")).containsExactly("SET|a key|one; two");
        assertThat(asked("put k ''")).containsExactly("SET|k|");
        assertThat(asked("put k a\\;b; get 'it''s'")).containsExactly("SET|k|a;b", "GET|its");
        assertThat(asked("put k \"say \\\"no\\\"\"; put k 'a\\b'")).containsExactly("SET|k|say \"no\"", "SET|k|a\\b");
    }

    @Test
    void whatIsNotUnderstoodIsToldWithWhatWouldBe() {
        assertRefused(
                "putt a 1", "a transaction knows no 'putt'; did you mean 'put'? It knows: get KEY; put KEY VALUE; ");
        assertRefused("put a", "'put a' is not like: put KEY VALUE");
        assertRefused("list l 1 2 3", "is not like: list KEY [FROM [TO]]");
        assertRefused("append l", "is not like: append KEY ELEMENT...");
        assertRefused("get 'a; get b", "the quote before 'a; get b' is not closed");
        assertRefused("get a\\", "nothing stands behind the backslash");
        assertRefused(" ; ", "there is no command");
    }

    @Test
    void onlyWhatReadsIsNoWrite() {
        assertThat(TxnScript.steps(List.of("get a; list b"))).noneMatch(TxnStep::writes);
        assertThat(TxnScript.steps(List.of("put a 1; cas a 1 2; del a; incr a; append a 1")))
                .allMatch(TxnStep::writes);
    }

    private static List<String> asked(String... texts) {
        return TxnScript.steps(List.of(texts)).stream()
                .map(step -> step.request().stream().map(Bytes::toUtf8).collect(Collectors.joining("|")))
                .toList();
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> TxnScript.steps(List.of(text)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(64))
                .hasMessageContaining(why);
    }
}
