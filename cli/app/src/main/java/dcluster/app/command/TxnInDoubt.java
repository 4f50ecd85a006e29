package dcluster.app.command;

import dcluster.app.terminal.Exit;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "in-doubt",
        description = {
            "Show which transactions block at which node: since when, with which locks, and who waits for these.",
            "Asks every process of the cluster by its admin port, and names those that are not heard: they may have"
                    + " more. What was decided by hand is shown as long as nodes tell of it.",
            "Exits with 0 if all were heard, with 4 if some were not, with 1 if the algorithm has nothing like it."
        },
        footer = {
            "",
            "JSON: cluster; transactions, each with node and what that says of it (transaction, state, ageMs,"
                    + " participants, locks, waiting); and notHeard, each with node and reason. ndjson: a line a"
                    + " transaction and node."
        })
final class TxnInDoubt implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OperatorTarget target = new OperatorTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    TxnInDoubt(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = target.in(session);
        var found = InDoubt.of(cluster, target);
        if (found.isNotOffered()) {
            session.say("nothing can be in doubt here: " + found.notOffered());
            return Exit.NO;
        }
        show(cluster.name(), found);
        found.complaints().forEach(session::say);
        return found.silent().isEmpty() ? Exit.OK : Exit.UNHEALTHY;
    }

    private void show(String cluster, InDoubt found) {
        var output = format.in(session);
        switch (format.format()) {
            case TABLE -> {
                if (!found.rows().isEmpty()) {
                    output.list(found.columns(), found.rows());
                }
                session.say(verdict(found));
            }
            case JSON -> {
                var json = new LinkedHashMap<String, Object>();
                json.put("cluster", cluster);
                json.put("transactions", found.rows());
                json.put("notHeard", found.silentRows());
                output.object(json);
            }
            case NDJSON -> output.list(found.columns(), found.rows());
        }
    }

    private static String verdict(InDoubt found) {
        var where = found.silent().isEmpty() ? "" : " at the nodes that were heard";
        return switch ((int) found.count()) {
            case 0 -> "nothing is in doubt" + where;
            case 1 -> "1 transaction is in doubt" + where;
            default -> found.count() + " transactions are in doubt" + where;
        };
    }
}
