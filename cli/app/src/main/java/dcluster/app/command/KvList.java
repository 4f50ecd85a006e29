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
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(paramLabel = "KEY", index = "0")
    private String key = "";

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
        var request = List.of(
                Bytes.utf8("LRANGE"), Bytes.utf8(key), Bytes.utf8(Long.toString(from)), Bytes.utf8(Long.toString(to)));
        return new KvResult(session, format, key).show(target.send(session, false, request), KvList::read);
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
