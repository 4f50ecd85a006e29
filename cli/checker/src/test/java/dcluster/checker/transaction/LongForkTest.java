package dcluster.checker.transaction;

import static dcluster.checker.testing.TransactionScript.registers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongForkTest {
    private static List<String> reasons(List<Violation> violations) {
        return violations.stream().map(Violation::reason).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "a.x:1 b.y:1 c.x=1;y= d.x=1;y=1, x is first for all",
        "a.x:1 b.y:1 c.x=1;y= d.y=;x=1, the same in another order",
        "a.x:1 b.y:1 c.x=1 d.y=1, registers read alone are not compared",
        "a.x:1 b.y:1 c.x=1;y= d[x=;y=1 d!, what failed saw nothing",
        "a.x:1 b.y:1 c.x=1;y= d[x=;y=1 d?, nor what is unknown",
        "a.x:1 c.x=1;y= d.y:2;x=;y=2, its own write was not seen"
    })
    void readsThatAgreeAreNoFork(String script, String reason) {
        assertThat(new LongFork().check(registers(script))).as(reason).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.x:1 b.y:1 c.x=1;y= d.x=;y=1, only T3 saw the write of x",
        "a.x:1 b.y:1 c.x=1;y= d.y=1;x=, only T4 saw the write of y",
        "a.x:1 b.y:1 c.x=;y= d.x=1;y= e.x=1;y=1 f.x=;y=1, only T6 saw the write of y",
        "a[x:1 b[y:1 c.x=1;y= d.x=;y=1, only T3 saw the write of x",
        "a.x:1 b.y:1 c.z:1 d.x=1;y=;z= e.x=;y=1;z=1, 'only T5 saw the write of y, z'"
    })
    void writesSeenInOppositeOrdersAreAFork(String script, String reason) {
        assertThat(reasons(new LongFork().check(registers(script))))
                .singleElement()
                .asString()
                .contains(reason);
    }

    @Test
    void aRegisterWrittenTwiceIsRefused() {
        assertThatThrownBy(() -> new LongFork().check(registers("a.x:1 b.x:2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: x is written again, as in line 1");
    }
}
