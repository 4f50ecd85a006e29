package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cas",
        description = "Set a key to a value if it holds another one just now; exits with 1 if it does not.")
final class KvCas implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    @Parameters(index = "1", paramLabel = "EXPECTED", description = "What it must hold.")
    private String expected = "";

    @Parameters(index = "2", paramLabel = "VALUE", description = "What it is set to." + KvValue.FROM_INPUT)
    private String value = "";

    KvCas(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = List.of(Bytes.utf8("CAS"), Bytes.utf8(key), Bytes.utf8(expected), KvValue.of(value, session));
        return new KvResult(session, format, key)
                .show(
                        target.send(session, true, request),
                        reply -> reply instanceof Reply.Whole number && number.value() == 1
                                ? Reading.ok(null)
                                : Reading.no("not set: '" + key + "' does not hold '" + expected + "'"));
    }
}
