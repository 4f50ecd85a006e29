package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "del", description = "Delete a key; exits with 1 if there was none.")
final class KvDel implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvRequest request = new KvRequest();

    @Mixin
    private KvContext context = new KvContext();

    KvDel(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var seen = context.bytes();
        return seen.isPresent() ? request.write(session, reply -> Reading.ok(null), "MERGE", seen.get()) : delete();
    }

    private int delete() {
        return request.write(
                session,
                reply -> reply instanceof Reply.Whole number && number.value() > 0
                        ? Reading.ok(null)
                        : Reading.no("there was no key '" + request.key() + "'"),
                "DEL");
    }
}
