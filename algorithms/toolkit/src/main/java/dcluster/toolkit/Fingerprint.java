package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.List;

/**
 * The hash of a command, or of an answer: the same in every virtual machine, and that of another one but by chance. What
 * records say of themselves by {@code hashCode} is neither.
 */
final class Fingerprint {
    private static final HandlerTable<Fingerprint, Command> COMMANDS = HandlerTable.of(Fingerprint.class, Command.class)
            .on(Command.Get.class, Fingerprint::onKey)
            .on(Command.ReadSiblings.class, Fingerprint::onKey)
            .on(Command.Exists.class, Fingerprint::onKey)
            .on(Command.Watch.class, Fingerprint::onKey)
            .on(Command.Delete.class, Fingerprint::onKey)
            .on(
                    Command.Put.class,
                    (to, put) -> to.onKey(put)
                            .add(put.value())
                            .add(put.condition().name())
                            .add(put.previous() ? 1 : 0))
            .on(
                    Command.Merge.class,
                    (to, merge) ->
                            to.onKey(merge).add(merge.value().stream().toList()).add(merge.context()))
            .on(
                    Command.CompareAndSet.class,
                    (to, set) ->
                            to.onKey(set).add(set.expected().stream().toList()).add(set.value()))
            .on(Command.Increment.class, (to, increment) -> to.onKey(increment).add(increment.delta()))
            .on(Command.Append.class, (to, append) -> to.onKey(append).add(append.elements()))
            .on(Command.Prepend.class, (to, prepend) -> to.onKey(prepend).add(prepend.elements()))
            .on(
                    Command.ReadList.class,
                    (to, read) -> to.onKey(read).add(read.from()).add(read.to()))
            .on(Command.Transaction.class, Fingerprint::transaction)
            .on(Command.OpenSession.class, Fingerprint::refuse)
            .on(Command.InSession.class, Fingerprint::refuse)
            .on(Command.Operation.class, Fingerprint::refuse)
            .build();

    private static final HandlerTable<Fingerprint, Result> RESULTS = HandlerTable.of(Fingerprint.class, Result.class)
            .on(Result.Absent.class, (to, absent) -> to.add("absent"))
            .on(Result.Found.class, (to, found) -> to.add("found").add(found.value()))
            .on(Result.WholeNumber.class, (to, number) -> to.add("number").add(number.value()))
            .on(Result.Applied.class, (to, applied) -> to.add("applied").add(applied.applied() ? 1 : 0))
            .on(Result.Elements.class, (to, list) -> to.add("elements").add(list.elements()))
            .on(Result.Each.class, Fingerprint::each)
            .on(Result.Siblings.class, Fingerprint::refuse)
            .on(Result.Table.class, Fingerprint::refuse)
            .build();

    private long hash;

    private Fingerprint() {}

    /**
     * Of a command that a session may hold. Of what a transaction watches it tells only whether that is anything: a
     * client that asks for it again, on another connection, has watched anew.
     */
    static long of(Command command) {
        var fingerprint = new Fingerprint();
        COMMANDS.dispatch(fingerprint, command);
        return fingerprint.hash;
    }

    /** Of what a store may answer. */
    static long of(Response response) {
        var fingerprint = new Fingerprint();
        if (response instanceof Response.Ok ok) {
            RESULTS.dispatch(fingerprint, ok.result());
        } else if (response instanceof Response.Failed failed) {
            fingerprint.add(failed.reason().name()).add(failed.message());
        } else if (response instanceof Response.Unknown unknown) {
            fingerprint.add("unknown").add(unknown.message());
        } else {
            fingerprint.refuse(response);
        }
        return fingerprint.hash;
    }

    private Fingerprint onKey(Command.OnKey command) {
        return add(command.getClass().getSimpleName()).add(command.key());
    }

    private void transaction(Command.Transaction transaction) {
        add("transaction")
                .add(transaction.watched().isEmpty() ? 0 : 1)
                .add(transaction.commands().size());
        transaction.commands().forEach(command -> COMMANDS.dispatch(this, command));
    }

    private void each(Result.Each each) {
        add("each").add(each.results().size());
        each.results().forEach(result -> RESULTS.dispatch(this, result));
    }

    private void refuse(Object what) {
        throw new IllegalArgumentException("no session holds or remembers it: " + what);
    }

    private Fingerprint add(long number) {
        hash = StateHash.both(hash, number);
        return this;
    }

    private Fingerprint add(Bytes bytes) {
        return add(StateHash.of(bytes));
    }

    private Fingerprint add(String text) {
        return add(Bytes.utf8(text));
    }

    private Fingerprint add(List<Bytes> several) {
        add(several.size());
        several.forEach(this::add);
        return this;
    }
}
