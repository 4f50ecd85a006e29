package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "incr", description = "Add to a number, an absent key counting as 0, and print the sum.")
final class KvIncr implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvRequest request = new KvRequest();

    @Parameters(
            index = "1",
            paramLabel = "DELTA",
            arity = "0..1",
            defaultValue = "1",
            description = "What to add; by default ${DEFAULT-VALUE}.")
    private long delta = 1;

    KvIncr(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return request.write(session, KvIncr::read, "INCRBY", Bytes.utf8(Long.toString(delta)));
    }

    /** The number that a reply is; also for other commands that answer a length. */
    static Reading read(Reply reply) {
        return Reading.ok(reply instanceof Reply.Whole number ? number.value() : null);
    }
}
