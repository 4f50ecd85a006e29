package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
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
    private KvRequest request = new KvRequest();

    @Parameters(index = "1", paramLabel = "EXPECTED", description = "What it must hold.")
    private String expected = "";

    @Parameters(index = "2", paramLabel = "VALUE", description = "What it is set to." + KvValue.FROM_INPUT)
    private String value = "";

    KvCas(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return request.write(
                session,
                reply -> reply instanceof Reply.Whole number && number.value() == 1
                        ? Reading.ok(null)
                        : Reading.no("not set: '" + request.key() + "' does not hold '" + expected + "'"),
                "CAS",
                KvValue.text(expected),
                KvValue.of(value, session));
    }
}
