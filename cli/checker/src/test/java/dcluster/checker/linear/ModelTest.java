package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.testing.Script;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REGISTER | a.write:1 a[push:1 a]  | line 3: a register has no push
        COUNTER  | a.add:1 a[add:"one" a] | line 3: a counter has no such value: one
        COUNTER  | a.add:1 a.read="1"     | line 3: a counter has no such value: 1
        COUNTER  | a.add:1 a.read=null    | line 3: a counter has no such value: null
        SET      | a.add:1 a.read=1       | line 3: a set has no such value: 1
        LIST     | a.push:1 a.read="1"    | line 3: a list has no such value: 1
        QUEUE    | a.enqueue:1 a.read=1   | line 3: a queue has no read
        """)
    void whatAnObjectCannotBeAskedOrAnswerIsRefusedWithItsLine(Model model, String script, String told) {
        var check = new Linearizability(model, new Budget(Duration.ofSeconds(10), 1 << 20));
        assertThatThrownBy(() -> check.check(Script.history(script)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(told);
    }
}
