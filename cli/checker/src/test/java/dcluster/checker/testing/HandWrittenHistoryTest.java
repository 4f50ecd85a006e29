package dcluster.checker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandWrittenHistoryTest {
    private static HandWrittenHistory of(String script) {
        return new HandWrittenHistory("", script, "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a.write:1 b.read=1            | b.write:7 c.read=7
        a.k/write:1 b.l/read=null     | a.l/write:1 b.k/read=null
        a.write:1 b.read=1            | a.x/write:1 b.x/read=1
        a[cas:[1,2] a? b.read=2       | q[cas:[5,3] q? a.read=3
        a.append:"ab" b.read="ba"     | a.append:"cd" b.read="dc"
        """)
    void namesAloneMakeNoDifference(String one, String other) {
        assertThat(of(one).canonical()).isEqualTo(of(other).canonical());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a.write:1 b.read=1            | a.write:1 b.read=2
        a.write:1 b.read=1            | a.write:1 a.read=1
        a.k/write:1 b.k/read=1        | a.k/write:1 b.l/read=1
        a.write:1 b.read=1            | a.write:1 b.read="1"
        a.write:1 b.read=1            | a.write:1 b.read=null
        a[write:1 a? b.read=1         | a[write:1 a! b.read=1
        a.append:"ab" b.read="ba"     | a.append:"ab" b.read="ab"
        """)
    void allElseDoes(String one, String other) {
        assertThat(of(one).canonical()).isNotEqualTo(of(other).canonical());
    }
}
