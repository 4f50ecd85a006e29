package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.testing.Script;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What no order explains is found without one: here there is no memory for a search. */
class NecessaryChecksTest {
    private static final Budget NO_SEARCH = new Budget(Duration.ofMinutes(1), 1);
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);
    private static final int HISTORIES = 3_000;

    private static Linearity check(Model model, String script, Budget budget) {
        return new Linearizability(model, budget).check(Script.history(script));
    }

    /** A change of its own by each of so many clients, all of them open. */
    private static String open(String function, int clients) {
        var script = new StringBuilder();
        for (int i = 0; i < clients; i++) {
            script.append((char) ('A' + i))
                    .append('[')
                    .append(function)
                    .append(':')
                    .append(i)
                    .append(' ');
        }
        return script.toString();
    }

    private static String closed(int clients) {
        var script = new StringBuilder();
        for (int i = 0; i < clients; i++) {
            script.append(' ').append((char) ('A' + i)).append(']');
        }
        return script.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        QUEUE    | enqueue | 14 | dequeue=99        | 122: dequeue x 99
        REGISTER | write   | 20 | read=99           | 122: read x 99
        REGISTER | write   | 20 | cas:[99,1]        | 122: cas x [99, 1]
        LIST     | push    | 20 | read=[1,99]       | 122: read x [1, 99]
        LIST     | push    | 20 | read=[1,2,1]      | 122: read x [1, 2, 1]
        SET      | add     | 20 | read=[1,99]       | 122: read x [1, 99]
        COUNTER  | add     | 20 | read=191          | 122: read x 191
        COUNTER  | add     | 20 | read=-1           | 122: read x -1
        """)
    void whatNobodyPutThereIsFoundAmongManyClients(
            Model model, String function, int clients, String wrong, String core) {
        var found = check(model, open(function, clients) + "z." + wrong + closed(clients), NO_SEARCH);
        assertThat(found.undecided()).isEmpty();
        assertThat(found.bad())
                .singleElement()
                .returns(true, Explanation::isSmallest)
                .returns(clients, Explanation::others)
                .satisfies(bad -> assertThat(bad.states()).isEmpty())
                .satisfies(bad -> assertThat(bad.core()).hasToString("[" + core + "]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REGISTER | z[read a[write:7 z]=7 a]
        REGISTER | a[write:7 a? z.read=7
        REGISTER | b.write:1 a[cas:[1,7] a? z.read=7
        REGISTER | z.read=null
        REGISTER | a.write:1 b[append:"b" b? z.read="1b"
        REGISTER | a.cas:[7,8]≠
        QUEUE    | z[dequeue a[enqueue:7 z]=7 a]
        QUEUE    | z.dequeue=null
        LIST     | a[push:1 a? b[push:1 z.read=[1,1] b]
        LIST     | z.read=null
        SET      | a.add:1 a[remove:1 z.read=[1] a]
        SET      | z.read=null
        COUNTER  | a.add:-5 b[add:3 c[add:-2 c? z.read=-7 b]
        COUNTER  | a.add:-5 b[add:3 c[add:2 c? z.read=0 b]
        COUNTER  | z[read a.add:4 z]=4
        """)
    void whatMayBeIsLeftToTheSearch(Model model, String script) {
        assertThat(check(model, script, NO_SEARCH).bad()).isEmpty();
        assertThat(check(model, script, AMPLE).isLinearizable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REGISTER | z.read=7 a.write:7
        REGISTER | a[write:7 a! z.read=7
        REGISTER | a.cas:[1,7]≠ z.read=7
        REGISTER | a.append:"b" z.read=7
        QUEUE    | z.dequeue=7 a.enqueue:7
        LIST     | a.push:1 z.read=[1,1] a.push:1
        SET      | a[add:1 a! z.read=[1]
        COUNTER  | a.add:-5 b[add:3 c[add:-2 c? z.read=-8 b]
        COUNTER  | a.add:-5 b[add:3 c[add:2 c? z.read=1 b]
        COUNTER  | a.add:4 z.read=0
        """)
    void whatCameLaterOrFailedIsNoSource(Model model, String script) {
        assertThat(check(model, script, NO_SEARCH).bad()).hasSize(1);
    }

    /** The same as brute force says, on those histories that they reject. */
    @ParameterizedTest
    @EnumSource(Model.class)
    void whatIsRejectedHasNoOrder(Model model) throws Allowance.Spent {
        var bruteForce = new BruteForce(model);
        int rejected = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var operations = RandomHistories.history(model, seed).operations();
            var allowance = new Allowance(Long.MAX_VALUE, 1);
            if (NecessaryChecks.impossible(model, operations, allowance).isPresent()) {
                var speaking = LinearizabilityPropertyTest.speaking(operations);
                assertThat(bruteForce.isLinearizable(bruteForce.initial(), speaking))
                        .as("%s, seed %s: %s", model, seed, operations)
                        .isFalse();
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(HISTORIES / 100);
    }
}
