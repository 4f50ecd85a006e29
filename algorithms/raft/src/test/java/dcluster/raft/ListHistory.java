package dcluster.raft;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients did to lists, by appending elements that are never used twice and by reading whole lists. A list that
 * only grows makes linearizability simple to judge: an operation that began after a list was seen with n elements must
 * see more (an append) or at least as many (a read), and all that was seen must be beginnings of the final list.
 */
final class ListHistory {
    private record Call(NodeId node, long request) {}

    private record Invoked(Bytes key, Bytes element, boolean read, int seenBefore) {}

    private record Seen(Bytes key, int position, Bytes element) {}

    private final Map<Call, Invoked> open = new HashMap<>();
    private final Map<Bytes, Integer> seenLength = new HashMap<>();
    private final List<Seen> appended = new ArrayList<>();
    private final Map<Bytes, List<List<Bytes>>> reads = new HashMap<>();
    private final Set<Bytes> failed = new HashSet<>();
    private int acknowledged;
    private int unknown;

    void invoke(NodeId node, long request, Command command) {
        boolean read = command.isRead();
        var key = command.keys().get(0);
        var element =
                command instanceof Command.Append append ? append.elements().get(0) : Bytes.EMPTY;
        open.put(new Call(node, request), new Invoked(key, element, read, seenLength.getOrDefault(key, 0)));
    }

    void complete(NodeId node, long request, Response response) {
        var call = open.remove(new Call(node, request));
        if (call == null) {
            throw new AssertionError("an answer to no question: " + node + " " + request + " " + response);
        }
        if (response instanceof Response.Unknown) {
            unknown++;
        } else if (!(response instanceof Response.Ok ok)) {
            failed.add(call.element());
        } else if (ok.result() instanceof Result.Elements elements) {
            see(call, elements.elements().size(), 0);
            reads.computeIfAbsent(call.key(), key -> new ArrayList<>()).add(elements.elements());
        } else {
            int length = (int) ((Result.WholeNumber) ok.result()).value();
            see(call, length, 1);
            appended.add(new Seen(call.key(), length - 1, call.element()));
            acknowledged++;
        }
    }

    private void see(Invoked call, int length, int atLeastMore) {
        if (length < call.seenBefore() + atLeastMore) {
            throw new AssertionError("not linearizable: " + call + " saw only " + length + " elements");
        }
        seenLength.merge(call.key(), length, Math::max);
    }

    /** Holds all that was seen of a key against what it holds in the end. */
    void judge(Bytes key, List<Bytes> last) {
        if (new HashSet<>(last).size() != last.size()) {
            throw new AssertionError("an element was appended twice: " + last);
        }
        for (var seen : appended) {
            if (seen.key().equals(key)
                    && (last.size() <= seen.position()
                            || !last.get(seen.position()).equals(seen.element()))) {
                throw new AssertionError("an acknowledged append is lost: " + seen + " in " + last);
            }
        }
        for (var read : reads.getOrDefault(key, List.of())) {
            if (last.size() < read.size() || !last.subList(0, read.size()).equals(read)) {
                throw new AssertionError("a read saw what never was: " + read + " before " + last);
            }
        }
        for (var element : last) {
            if (failed.contains(element)) {
                throw new AssertionError("a failed append took effect: " + element);
            }
        }
    }

    int acknowledged() {
        return acknowledged;
    }

    int unknown() {
        return unknown;
    }

    int reads() {
        return reads.values().stream().mapToInt(List::size).sum();
    }
}
