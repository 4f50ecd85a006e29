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
    private KvRequest request = new KvRequest();

    @Parameters(paramLabel = "ELEMENT", index = "1..*", arity = "1..*", description = "What to append.")
    private List<String> elements = new ArrayList<>();

    KvAppend(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return request.write(
                session,
                KvIncr::read,
                "RPUSH",
                elements.stream().map(KvValue::text).toArray(Bytes[]::new));
    }
}
