package dcluster.app.command;

import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "append", description = "Add elements at the end of a list, and print its new length.")
final class KvAppend implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvTarget target = new KvTarget();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(paramLabel = "KEY", index = "0")
    private String key = "";

    @Parameters(paramLabel = "ELEMENT", index = "1..*", arity = "1..*")
    private List<String> elements = new ArrayList<>();

    KvAppend(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new ArrayList<>(List.of(Bytes.utf8("RPUSH"), Bytes.utf8(key)));
        elements.forEach(element -> request.add(Bytes.utf8(element)));
        return new KvResult(session, format, key).show(target.send(session, true, request), KvIncr::read);
    }
}
