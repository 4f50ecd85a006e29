package dcluster.app.command;

import dcluster.app.client.OperationAnswer;
import dcluster.app.terminal.Exit;
import dcluster.spi.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resolve",
        description = {
            "Decide by hand a transaction that nodes have in doubt, at each of these.",
            "This is a heuristic decision: it is durable, and frees the locks at once. It may contradict what the"
                    + " coordinator has decided or will decide; then some nodes have committed what others have"
                    + " aborted, and the nodes report it as HEURISTIC-MIXED. Asks first; without a terminal it needs"
                    + " --yes.",
            "What another node was told by hand before is not contradicted.",
            "Exits with 0 if all that have it in doubt have taken the decision, with 1 if no node has it in doubt,"
                    + " another one was told otherwise, or one refused, with 2 if a node may or may not have taken it,"
                    + " with 4 if nodes, but for the coordinator, were not heard that may have it in doubt too."
        },
        footer = {
            "",
            "JSON: transaction, decision; answers, each with node, outcome (ok, failed, unknown) and answer; and"
                    + " notHeard, each with node and reason. ndjson: a line an answer."
        })
final class TxnResolve implements Callable<Integer> {
    private static final String OPERATION = "resolve";

    private final Session session;

    @Mixin
    private OperatorTarget target = new OperatorTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private YesOption yes = new YesOption();

    @Parameters(paramLabel = "ID", description = "The transaction, as 'txn in-doubt' shows it.")
    private String transaction = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Decision decision = new Decision();

    /** One of the two. */
    private static final class Decision {
        @Option(names = "--commit", description = "Decide to commit.")
        private boolean commit;

        @SuppressWarnings("unused") // it is what is not --commit
        @Option(names = "--abort", description = "Decide to abort.")
        private boolean abort;

        @Override
        public String toString() {
            return commit ? "commit" : "abort";
        }
    }

    TxnResolve(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var found = InDoubt.of(target.in(session), target);
        if (found.isNotOffered()) {
            session.say("nothing can be in doubt here: " + found.notOffered());
            return Exit.NO;
        }
        var holders = found.holders(transaction);
        if (holders.isEmpty()) {
            return notFound(found);
        }
        if (found.isResolvedOtherwise(transaction, decision.toString())) {
            found.others(transaction).forEach(session::say);
            session.say("nothing was decided: with " + decision + " one part of the transaction would take effect and"
                    + " another would not");
            return Exit.NO;
        }
        var where = holders.stream().map(member -> member.id().name()).collect(Collectors.joining(", "));
        if (!yes.agreed(session, decision + " " + transaction + " by hand at " + where)) {
            session.say("nothing was decided");
            return Exit.NO;
        }
        var answers = target.ask(holders, OPERATION, List.of(transaction, decision.toString()));
        return show(found, answers);
    }

    private int notFound(InDoubt found) {
        session.say("no node that was heard has the transaction '" + transaction
                + "' in doubt; 'dcluster txn in-doubt' shows those that are");
        found.others(transaction).forEach(session::say);
        found.complaints().forEach(session::say);
        return found.silent().isEmpty() ? Exit.NO : Exit.UNHEALTHY;
    }

    private int show(InDoubt found, Map<Member, OperationAnswer> answers) {
        var rows = new ArrayList<Map<String, Object>>();
        answers.forEach((member, answer) -> rows.add(row(member, answer)));
        var output = format.in(session);
        switch (format.format()) {
            case TABLE, NDJSON -> output.list(List.of("node", "outcome", "answer"), rows);
            case JSON -> {
                var json = new LinkedHashMap<String, Object>();
                json.put("transaction", transaction);
                json.put("decision", decision.toString());
                json.put("answers", rows);
                json.put("notHeard", found.silentRows());
                output.object(json);
            }
        }
        found.complaints().forEach(session::say);
        if (found.isParticipantSilent()) {
            session.say("who is not heard may have this transaction in doubt too");
        }
        return exit(found, answers);
    }

    private static Map<String, Object> row(Member member, OperationAnswer answer) {
        var row = new LinkedHashMap<String, Object>();
        row.put("node", member.id().name());
        if (answer instanceof OperationAnswer.Done done) {
            row.put("outcome", "ok");
            row.put("answer", done.text());
        } else if (answer instanceof OperationAnswer.Unknown unknown) {
            row.put("outcome", "unknown");
            row.put("answer", unknown.message());
        } else {
            row.put("outcome", "failed");
            row.put(
                    "answer",
                    answer instanceof OperationAnswer.NotDone failed
                            ? failed.message()
                            : ((OperationAnswer.NotOffered) answer).message());
        }
        return row;
    }

    private static int exit(InDoubt found, Map<Member, OperationAnswer> answers) {
        if (answers.values().stream().anyMatch(TxnResolve::isRefused)) {
            return Exit.NO;
        }
        if (answers.values().stream().anyMatch(OperationAnswer.Unknown.class::isInstance)) {
            return Exit.UNKNOWN;
        }
        return found.isParticipantSilent() ? Exit.UNHEALTHY : Exit.OK;
    }

    private static boolean isRefused(OperationAnswer answer) {
        return answer instanceof OperationAnswer.NotDone || answer instanceof OperationAnswer.NotOffered;
    }
}
