package dcluster.app.command;

import dcluster.app.client.OperationAnswer;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.Unreadable;
import dcluster.spi.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What the processes of a cluster have in doubt, as they themselves say at one moment. */
final class InDoubt {
    /** The operation that a participant offers for it. */
    static final String OPERATION = "in-doubt";

    private static final String NODE = "node";
    private static final String TRANSACTION = "transaction";
    private static final String STATE = "state";
    private static final String IS_IN_DOUBT = "in doubt";
    private static final String IS_RESOLVED = "resolved: ";

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final Map<String, String> silent = new LinkedHashMap<>();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private String coordinator = "";
    private String notOffered = "";
    private boolean offered;

    private InDoubt() {}

    /** Asks all processes that run at the same time. */
    static InDoubt of(Cluster cluster, OperatorTarget target) {
        var found = new InDoubt();
        var processes = cluster.processes();
        for (var process : processes) {
            found.members.put(process.id(), process.member());
            if (process.record().coordinator()) {
                found.coordinator = process.id();
            }
            if (!process.isRunning()) {
                found.silent.put(process.id(), "its process is " + process.state());
            }
        }
        var running = processes.stream()
                .filter(ClusterProcess::isRunning)
                .map(ClusterProcess::member)
                .toList();
        target.ask(running, OPERATION, List.of()).forEach(found::add);
        for (Unreadable each : cluster.unreadable()) {
            found.silent.put(each.id().isEmpty() ? each.file().toString() : each.id(), each.told());
        }
        return found;
    }

    private void add(Member member, OperationAnswer answer) {
        var node = member.id().name();
        if (answer instanceof OperationAnswer.Done done) {
            offered = true;
            for (var row : done.rows()) {
                var named = new LinkedHashMap<String, Object>(Map.of(NODE, node));
                named.putAll(row);
                rows.add(named);
            }
        } else if (answer instanceof OperationAnswer.NotOffered other) {
            notOffered = other.message();
        } else if (answer instanceof OperationAnswer.NotDone failed) {
            silent.put(node, failed.message());
        } else if (answer instanceof OperationAnswer.Unknown unknown) {
            silent.put(node, unknown.message());
        }
    }

    /** Whether all that answered say that their algorithm has no such operation. */
    boolean isNotOffered() {
        return !offered && !notOffered.isEmpty();
    }

    /** What one of these said. */
    String notOffered() {
        return notOffered;
    }

    /** A row for each transaction of each node, the node first. */
    List<Map<String, Object>> rows() {
        return rows;
    }

    List<String> columns() {
        var columns = new LinkedHashSet<String>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        return List.copyOf(columns);
    }

    /** Of how many transactions some node that answers does not know the decision. */
    long count() {
        return rows.stream()
                .filter(InDoubt::isInDoubt)
                .map(row -> row.get(TRANSACTION))
                .distinct()
                .count();
    }

    /** Those that have this transaction in doubt. */
    List<Member> holders(String transaction) {
        return rows.stream()
                .filter(row -> transaction.equals(row.get(TRANSACTION)) && isInDoubt(row))
                .map(row -> String.valueOf(row.get(NODE)))
                .distinct()
                .flatMap(node ->
                        members.entrySet().stream().filter(each -> each.getKey().equals(node)))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What else is said of this transaction, a line for each node. */
    List<String> others(String transaction) {
        return rows.stream()
                .filter(row -> transaction.equals(row.get(TRANSACTION)) && !isInDoubt(row))
                .map(row -> row.get(NODE) + " says of it: " + row.get(STATE))
                .toList();
    }

    /** Whether some node has resolved this transaction otherwise than so, by hand. */
    boolean isResolvedOtherwise(String transaction, String decision) {
        return rows.stream()
                .filter(row -> transaction.equals(row.get(TRANSACTION)))
                .map(row -> String.valueOf(row.get(STATE)))
                .anyMatch(state -> state.startsWith(IS_RESOLVED) && !state.startsWith(IS_RESOLVED + decision));
    }

    private static boolean isInDoubt(Map<String, Object> row) {
        // What follows says why it will not end by itself.
        return row.get(STATE) instanceof String state && state.startsWith(IS_IN_DOUBT);
    }

    /** Why those that are not heard are not, by node. */
    Map<String, String> silent() {
        return silent;
    }

    /** Whether some that are not heard may have something in doubt; the coordinator never has. */
    boolean isParticipantSilent() {
        return silent.keySet().stream().anyMatch(node -> !node.equals(coordinator));
    }

    /** The same for programs. */
    List<Map<String, Object>> silentRows() {
        return silent.entrySet().stream()
                .map(each -> {
                    var row = new LinkedHashMap<String, Object>();
                    row.put(NODE, each.getKey());
                    row.put("reason", each.getValue());
                    return (Map<String, Object>) row;
                })
                .toList();
    }

    /** The same for people, a line each. */
    List<String> complaints() {
        return silent.entrySet().stream()
                .map(each -> each.getKey() + " is not heard: " + each.getValue())
                .toList();
    }
}
