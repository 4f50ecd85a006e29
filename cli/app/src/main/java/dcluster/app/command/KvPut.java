package dcluster.app.command;

import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "put", description = "Set a key to a value.")
final class KvPut implements Callable<Integer> {
    private final Session session;

    @Mixin
    private KvRequest request = new KvRequest();

    @Parameters(index = "1", paramLabel = "VALUE", description = "The value." + KvValue.FROM_INPUT)
    private String value = "";

    @Option(names = "--if-absent", description = "Only if there is no such key; exits with 1 if there is.")
    private boolean ifAbsent;

    @Mixin
    private KvContext context = new KvContext();

    KvPut(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var seen = context.bytes();
        if (seen.isPresent() && ifAbsent) {
            throw new Failure(
                    Exit.USAGE, "--context replaces what is there, and --if-absent never does; leave out one");
        }
        var content = KvValue.of(value, session);
        return seen.isPresent()
                ? request.write(session, reply -> Reading.ok(null), "MERGE", seen.get(), content)
                : put(content);
    }

    private int put(Bytes content) {
        return request.write(
                session,
                reply -> reply instanceof Reply.Nil
                        ? Reading.no("not set: there is a key '" + request.key() + "' already")
                        : Reading.ok(null),
                "SET",
                ifAbsent ? new Bytes[] {content, Bytes.utf8("NX")} : new Bytes[] {content});
    }
}
