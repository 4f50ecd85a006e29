package dcluster.checker.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.testing.Script;
import dcluster.checker.testing.TransactionScript;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessTest {
    @ParameterizedTest
    @CsvSource({
        "a.write:1 a.read=1, register",
        "a.cas:[1;2]≠, register",
        "a.append:\"b\", register",
        "a.enqueue:1, queue",
        "a.push:1 a.read=[1], list",
        "a.add:1 a.remove:1, set",
        "a.add:1 a.read=[1], set",
        "a.add:1 a.read=1, counter",
        "a.write:1, register"
    })
    void functionsTellTheModel(String script, String word) {
        var guess = Guess.of(Script.history(script.replace(';', ',')));
        assertThat(guess.check().orElseThrow().word()).isEqualTo(word);
        assertThat(guess.why()).startsWith("it has ");
    }

    @Test
    void siblingsTellRegularRegisters() {
        assertThat(Guess.of(Script.history("a[write:1 b[write:2 a] b] c.read~[1,2]")))
                .isEqualTo(new Guess(Optional.of(Check.REGULAR), "it has reads that saw siblings"));
    }

    @Test
    void whatCouldBeSeveralIsAskedFor() {
        assertThat(Guess.of(Script.history("a.add:1")))
                .isEqualTo(new Guess(Optional.empty(), "a history with add may be one of counter, set"));
        assertThat(Guess.of(Script.history("a.read")).why())
                .isEqualTo("a history with read may be one of register, counter, set, list");
        assertThat(Guess.of(Script.history("a.enqueue:1 a.write:1")).why())
                .isEqualTo("no check is for a history with write, enqueue");
        assertThat(Guess.of(TransactionScript.lists("a.x=")).check()).isEmpty();
    }

    @Test
    void stepsTellTheModelOfTransactions() {
        assertThat(Guess.of(TransactionScript.lists("a.x+1")).check()).contains(Check.TXN_LIST_APPEND);
        assertThat(Guess.of(TransactionScript.registers("a.x:1;x=1")).check()).contains(Check.TXN_RW_REGISTER);
    }
}
