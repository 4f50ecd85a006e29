package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "del", description = "Delete a key; exits with 1 if there was none.")
final class KvDel implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    KvDel(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var outcome = target.send(session, true, List.of(Bytes.utf8("DEL"), Bytes.utf8(key)));
        return new KvResult(session, format, key)
                .show(
                        outcome,
                        reply -> reply instanceof Reply.Whole number && number.value() > 0
                                ? Reading.ok(null)
                                : Reading.no("there was no key '" + key + "'"));
    }
}
