package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Print the elements of a list, a line each.")
final class KvList implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvRequest request = new KvRequest();

    @Parameters(
            paramLabel = "FROM",
            index = "1",
            arity = "0..1",
            defaultValue = "0",
            description = "The first element, from 0; by default ${DEFAULT-VALUE}.")
    private long from;

    @Parameters(
            paramLabel = "TO",
            index = "2",
            arity = "0..1",
            defaultValue = "-1",
            description = "The last element; -1 is the last of all. By default ${DEFAULT-VALUE}.")
    private long to = -1;

    KvList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return request.read(
                session, KvList::read, "LRANGE", Bytes.utf8(Long.toString(from)), Bytes.utf8(Long.toString(to)));
    }

    private static Reading read(Reply reply) {
        if (!(reply instanceof Reply.Many many)) {
            return Reading.ok(List.of());
        }
        return Reading.ok(many.elements().stream()
                .filter(Reply.Bulk.class::isInstance)
                .map(element -> ((Reply.Bulk) element).content())
                .toList());
    }
}
