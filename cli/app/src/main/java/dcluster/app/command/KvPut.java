package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "put", description = "Set a key to a value.")
final class KvPut implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    @Parameters(index = "1", paramLabel = "VALUE", description = "The value." + KvValue.FROM_INPUT)
    private String value = "";

    @Option(names = "--if-absent", description = "Only if there is no such key; exits with 1 if there is.")
    private boolean ifAbsent;

    KvPut(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new ArrayList<>(List.of(Bytes.utf8("SET"), Bytes.utf8(key), KvValue.of(value, session)));
        if (ifAbsent) {
            request.add(Bytes.utf8("NX"));
        }
        return new KvResult(session, format, key)
                .show(
                        target.send(session, true, request),
                        reply -> reply instanceof Reply.Nil
                                ? Reading.no("not set: there is a key '" + key + "' already")
                                : Reading.ok(null));
    }
}
