package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "get", description = "Print the value of a key; exits with 1 if it is absent.")
final class KvGet implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvRequest request = new KvRequest();

    KvGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return request.read(
                session,
                reply -> reply instanceof Reply.Bulk bulk
                        ? Reading.ok(bulk.content())
                        : Reading.no("there is no key '" + request.key() + "'"),
                "GET");
    }
}
