package dcluster.app.command;

import dcluster.app.client.Transaction;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "exec",
        description = {
            "Run commands as one transaction: all of them take effect, or none does.",
            "The commands are those of 'kv': get KEY; put KEY VALUE; cas KEY EXPECTED VALUE; del KEY; incr KEY [DELTA];"
                    + " append KEY ELEMENT...; list KEY [FROM [TO]]. A word with blanks or semicolons stands between"
                    + " quotes.",
            "Exits with 0 if it was committed, with 1 if it was aborted since a command failed or is not served, with 2"
                    + " if the outcome is not known, with 4 if it could not be served: after 1 and 4 it has changed"
                    + " nothing. A transaction that lost against another one is tried again until --timeout is up. A"
                    + " condition of 'cas' that does not hold is a result, no failure."
        },
        footer = {
            "",
            "For example: dcluster txn exec \"put a 1; incr visits\" 'append log \"a and visits\"'",
            "JSON: outcome (committed, aborted, unavailable, unknown); results, each with command and result; else a"
                    + " message."
        })
final class TxnExec implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private KvInSession inSession = new KvInSession();

    @Parameters(
            paramLabel = "COMMANDS",
            arity = "1..*",
            description = "Commands, parted by semicolons; each further argument is further ones.")
    private List<String> commands = new ArrayList<>();

    TxnExec(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var steps = TxnScript.steps(commands);
        var requests = steps.stream().map(TxnStep::request).toList();
        boolean writes = steps.stream().anyMatch(TxnStep::writes);
        var transaction = new Transaction(requests, inSession.wrap(List.of(Bytes.utf8("EXEC"))), writes);
        var outcome =
                target.send(session, (node, patience) -> transaction.run(node.host(), node.clientPort(), patience));
        return new TxnResult(session, format, steps, writes ? inSession.unserved() : KvResult.UNSERVED).show(outcome);
    }
}
