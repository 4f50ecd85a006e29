package dcluster.checker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
    private static final int TRANSACTIONS = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 40, 60})
    void eachSourceReachesEachTargetButItself(int count) {
        var random = new Random(count);
        var graph = new Graph(TRANSACTIONS);
        var sources = versions(random, count);
        var targets = versions(random, count);
        graph.connect(Relation.RW, "x", sources, targets);
        var view = View.plain(graph, Set.of(Relation.RW));
        for (int from = 0; from < TRANSACTIONS; from++) {
            var expected = new TreeSet<Integer>();
            if (isAmong(sources, from)) {
                targets.forEach(target -> expected.add(target.transaction()));
                expected.remove(from);
            }
            assertThat(next(view, from)).as("from %s of %s", from, count).isEqualTo(expected);
        }
        assertThat(graph.edges()).isLessThanOrEqualTo(4 * (sources.size() + targets.size()) + 4 * count);
    }

    private static List<Version> versions(Random random, int count) {
        var all = new ArrayList<>(IntStream.range(0, TRANSACTIONS)
                .mapToObj(transaction -> new Version(transaction, transaction))
                .toList());
        Collections.shuffle(all, random);
        return all.subList(0, count);
    }

    private static boolean isAmong(List<Version> versions, int transaction) {
        return versions.stream().anyMatch(version -> version.transaction() == transaction);
    }

    /** The transactions one step from another, through hubs. */
    private static Set<Integer> next(View view, int from) {
        var found = new TreeSet<Integer>();
        var nodes = new ArrayDeque<Integer>(List.of(from));
        while (!nodes.isEmpty()) {
            int node = nodes.remove();
            for (int arc = view.first(node); arc < view.end(node); arc++) {
                if (view.graph().isHub(view.head(arc))) {
                    nodes.add(view.head(arc));
                } else {
                    found.add(view.head(arc));
                }
            }
        }
        return found;
    }
}
