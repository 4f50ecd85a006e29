package dcluster.app.command;

import dcluster.app.client.Outcome;
import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "get",
        description = {
            "Print the value of a key; exits with 1 if it is absent.",
            "Of a key that concurrent writes have left with several values it prints all, a line each."
        })
final class KvGet implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvRequest request = new KvRequest();

    @Option(
            names = "--context",
            description = "Print first, in a line of its own, the context: given it, 'kv put' and 'kv del' replace just"
                    + " what is printed.")
    private boolean withContext;

    KvGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (withContext) {
            return readSiblings();
        }
        var outcome = request.ask(session, "GET");
        return outcome instanceof Outcome.Refused refused && refused.isOfSiblings()
                ? readSiblings()
                : request.show(session, this::value, outcome);
    }

    private int readSiblings() {
        return request.read(session, reply -> KvSiblings.read(reply, request, withContext), "SIBLINGS");
    }

    private Reading value(Reply reply) {
        return reply instanceof Reply.Bulk bulk
                ? Reading.ok(bulk.content())
                : Reading.no("there is no key '" + request.key() + "'");
    }
}
