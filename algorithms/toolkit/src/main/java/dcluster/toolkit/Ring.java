package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Consistent hashing (Karger and others 1997; Dynamo, section 4.2): a circle of numbers on which each node has several
 * tokens, drawn from its name. A key belongs to the nodes whose tokens follow its hash, each counted once. So a node that
 * joins or leaves moves only what lies next to its tokens. Immutable.
 *
 * <pre>{@code
 *        n2   n1          n3   n2     n1
 *   -----o----o------x----o----o------o-----   x: a key, which belongs to n3, then n2, then n1
 * }</pre>
 */
public final class Ring {
    private record Token(long position, NodeId node) {}

    private final List<NodeId> nodes;
    private final long[] positions;

    /** For each token all nodes, in the order in which they follow it. */
    private final List<List<NodeId>> orders;

    /** So many tokens for each of these nodes. */
    public Ring(List<NodeId> nodes, int tokensEach) {
        this.nodes = List.copyOf(nodes);
        var tokens = tokens(nodes, tokensEach);
        this.positions = tokens.stream().mapToLong(Token::position).toArray();
        this.orders = new ArrayList<>(tokens.size());
        for (int first = 0; first < tokens.size(); first++) {
            orders.add(order(tokens, first));
        }
    }

    private static List<Token> tokens(List<NodeId> nodes, int tokensEach) {
        var tokens = new ArrayList<Token>();
        for (var node : nodes) {
            for (int i = 0; i < tokensEach; i++) {
                tokens.add(new Token(StateHash.of(Bytes.utf8(node.name() + "#" + i)), node));
            }
        }
        tokens.sort(Comparator.comparingLong(Token::position).thenComparing(Token::node));
        return tokens;
    }

    private List<NodeId> order(List<Token> tokens, int first) {
        var order = new ArrayList<NodeId>(nodes.size());
        for (int i = 0; i < tokens.size() && order.size() < nodes.size(); i++) {
            var node = tokens.get((first + i) % tokens.size()).node();
            if (!order.contains(node)) {
                order.add(node);
            }
        }
        return List.copyOf(order);
    }

    /** All that are on it, as they were given. */
    public List<NodeId> nodes() {
        return nodes;
    }

    /** All nodes, in the order in which a key of that hash belongs to them: its preference list, and who follows. */
    public List<NodeId> order(long keyHash) {
        int found = Arrays.binarySearch(positions, keyHash);
        int next = found >= 0 ? found : -found - 1;
        return orders.get(next % positions.length);
    }
}
