package dcluster.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Flexible Paxos paper asks of quorums, over every set of acceptors. */
class QuorumsTest {
    private static List<NodeId> acceptors(int count) {
        return Members.of(count).ids();
    }

    private static List<Set<NodeId>> subsets(List<NodeId> all) {
        var subsets = new ArrayList<Set<NodeId>>();
        for (int bits = 0; bits < 1 << all.size(); bits++) {
            var subset = new LinkedHashSet<NodeId>();
            for (int i = 0; i < all.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    subset.add(all.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    /** Whether each set that is enough for phase 1 shares an acceptor with each that is enough for phase 2. */
    private static boolean intersect(Quorums quorums, List<NodeId> all) {
        var subsets = subsets(all);
        var first = subsets.stream().filter(some -> quorums.isPhase1(some, all)).toList();
        var second =
                subsets.stream().filter(some -> quorums.isPhase2(some, all)).toList();
        assertThat(first).isNotEmpty();
        assertThat(second).isNotEmpty();
        return first.stream().noneMatch(one -> second.stream().anyMatch(two -> Collections.disjoint(one, two)));
    }

    private static boolean isRefused(Quorums quorums, List<NodeId> all) {
        return catchThrowableOfType(IllegalArgumentException.class, () -> quorums.check(all)) != null;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void anyTwoMajoritiesShareAnAcceptor(int n) {
        var all = acceptors(n);
        assertThat(intersect(new Quorums.Majority(), all)).isTrue();
        assertThat(isRefused(new Quorums.Majority(), all)).isFalse();
    }

    /** Neither too strict nor too lax: what is let through intersects, and what is refused does not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void flexibleQuorumsAreRefusedJustWhenTwoCouldMissEachOther(int n) {
        var all = acceptors(n);
        for (int phase1 = 1; phase1 <= n; phase1++) {
            for (int phase2 = 1; phase2 <= n; phase2++) {
                var quorums = new Quorums.Flexible(phase1, phase2);
                assertThat(isRefused(quorums, all)).as("%s of %d", quorums, n).isNotEqualTo(intersect(quorums, all));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void theErrorNamesTwoQuorumsThatMissEachOther(int n) {
        var all = acceptors(n);
        for (int phase1 = 1; phase1 < n; phase1++) {
            for (int phase2 = 1; phase1 + phase2 <= n; phase2++) {
                var quorums = new Quorums.Flexible(phase1, phase2);
                var error = catchThrowableOfType(IllegalArgumentException.class, () -> quorums.check(all));
                var named = Pattern.compile("\\[([^]]*)]")
                        .matcher(String.valueOf(error.getMessage()))
                        .results()
                        .map(list -> nodes(list.group(1)))
                        .toList();
                assertThat(named).hasSize(2);
                assertThat(quorums.isPhase1(named.get(0), all)).isTrue();
                assertThat(quorums.isPhase2(named.get(1), all)).isTrue();
                assertThat(named.get(0)).doesNotContainAnyElementsOf(named.get(1));
            }
        }
    }

    private static Set<NodeId> nodes(String names) {
        return Arrays.stream(names.split(", ")).map(NodeId::new).collect(Collectors.toSet());
    }

    /** As the package's documentation has it: so many may be down, and whoever is left is a quorum of that phase. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void eachPhaseOutlivesAsManyAsItsQuorumLeavesOut(int n) {
        var all = acceptors(n);
        for (var left : subsets(all)) {
            assertThat(new Quorums.Majority().isPhase1(left, all)).isEqualTo(n - left.size() <= (n - 1) / 2);
            assertThat(new Quorums.Majority().isPhase2(left, all)).isEqualTo(n - left.size() <= (n - 1) / 2);
            for (int quorum = 1; quorum <= n; quorum++) {
                var flexible = new Quorums.Flexible(quorum, n + 1 - quorum);
                assertThat(flexible.isPhase1(left, all)).isEqualTo(n - left.size() <= n - quorum);
                assertThat(flexible.isPhase2(left, all)).isEqualTo(n - left.size() <= quorum - 1);
            }
        }
    }

    @Test
    void theErrorSaysWhatWouldDo() {
        assertThatThrownBy(() -> new Quorums.Flexible(3, 2).check(acceptors(5)))
                .hasMessage("quorums {phase-1: 3, phase-2: 2} could miss each other among 5 nodes: a leader could be"
                        + " promised by [n1, n2, n3] without hearing what was accepted by [n4, n5]; together they must"
                        + " be more than 5, such as {phase-1: 4, phase-2: 2}");
    }

    @Test
    void aQuorumIsNeitherEmptyNorMoreThanAll() {
        assertThatThrownBy(() -> new Quorums.Flexible(0, 3)).hasMessageContaining("at least one acceptor");
        assertThatThrownBy(() -> new Quorums.Flexible(3, 0)).hasMessageContaining("at least one acceptor");
        assertThatThrownBy(() -> new Quorums.Flexible(6, 1).check(acceptors(5)))
                .hasMessageContaining("more acceptors than the 5 that there are");
        assertThatThrownBy(() -> new Quorums.Flexible(1, 6).check(acceptors(5)))
                .hasMessageContaining("more acceptors than the 5 that there are");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8, 9, 10})
    void aRowSharesAnAcceptorWithEachColumn(int n) {
        var all = acceptors(n);
        assertThat(intersect(new Quorums.Grid(), all)).isTrue();
        assertThat(isRefused(new Quorums.Grid(), all)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 13})
    void whatMakesOneRowIsNoGrid(int n) {
        assertThatThrownBy(() -> new Quorums.Grid().check(acceptors(n)))
                .hasMessageContaining("rows and columns")
                .hasMessageContaining(n + " nodes make one row");
    }

    /** The acceptors stand as 1 2 3 over 4 5 6. */
    @Test
    void phase1TakesAWholeRowAndPhase2AWholeColumn() {
        var all = acceptors(6);
        var grid = new Quorums.Grid();
        assertThat(grid.isPhase1(nodes("n1, n2, n3"), all)).isTrue();
        assertThat(grid.isPhase1(nodes("n4, n5, n6"), all)).isTrue();
        assertThat(grid.isPhase1(nodes("n1, n2, n4, n5"), all)).isFalse();
        assertThat(grid.isPhase2(nodes("n2, n5"), all)).isTrue();
        assertThat(grid.isPhase2(nodes("n1, n2, n3"), all)).isFalse();
        assertThat(grid.isPhase2(nodes("n1, n5"), all)).isFalse();
    }
}
