package dcluster.app.command;

import dcluster.spi.Bytes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "session",
        description = {
            "Open a session, and print its number.",
            "With --session and --sequence a write whose outcome is unknown can be given again, at any node: it takes"
                    + " effect once."
        })
final class KvSession implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    KvSession(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = List.of(Bytes.utf8("SESSION"), Bytes.utf8("OPEN"));
        return new KvResult(session, format).show(target.send(session, true, request), KvIncr::read);
    }
}
