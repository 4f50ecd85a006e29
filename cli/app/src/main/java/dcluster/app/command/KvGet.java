package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Print the value of a key; exits with 1 if it is absent.")
final class KvGet implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    KvGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var outcome = target.send(session, false, List.of(Bytes.utf8("GET"), Bytes.utf8(key)));
        return new KvResult(session, format, key)
                .show(
                        outcome,
                        reply -> reply instanceof Reply.Bulk bulk
                                ? Reading.ok(bulk.content())
                                : Reading.no("there is no key '" + key + "'"));
    }
}
