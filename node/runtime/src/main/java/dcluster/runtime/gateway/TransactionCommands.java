package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.util.List;

/** The RESP commands around a transaction; {@link Multi} keeps what they add up to. */
final class TransactionCommands {
    private static final Plan OK = new Plan.Answer(Reply.OK);

    private TransactionCommands() {}

    static void addTo(CommandTable table) {
        table.addEverywhere("MULTI", 1, (words, session) -> multi(session));
        table.addEverywhere("EXEC", 1, (words, session) -> exec(session));
        table.addEverywhere("DISCARD", 1, (words, session) -> discard(session));
        table.addEverywhere("WATCH", -2, TransactionCommands::watch);
        table.addEverywhere("UNWATCH", 1, (words, session) -> unwatch(session));
    }

    private static Plan multi(Session session) {
        if (session.isInTransaction()) {
            return misplaced("ERR MULTI calls can not be nested");
        }
        session.multi().open();
        return OK;
    }

    private static Plan exec(Session session) {
        if (!session.isInTransaction()) {
            return misplaced("ERR EXEC without MULTI");
        }
        var plan = session.multi().exec();
        session.endTransaction();
        return plan;
    }

    private static Plan discard(Session session) {
        if (!session.isInTransaction()) {
            return misplaced("ERR DISCARD without MULTI");
        }
        session.endTransaction();
        return OK;
    }

    private static Plan watch(Words words, Session session) {
        if (session.isInTransaction()) {
            return misplaced("ERR WATCH inside MULTI is not allowed");
        }
        try {
            var keys = List.copyOf(words.keysFrom(1));
            session.multi().checkWatch(keys);
            return new Plan.Execute(watching(keys), Shape.WATCHED);
        } catch (Refusal refusal) {
            session.multi().breakUp();
            throw refusal;
        }
    }

    private static Command watching(List<Bytes> keys) {
        return keys.size() == 1
                ? new Command.Watch(keys.get(0))
                : new Command.Transaction(
                        keys.stream().<Command>map(Command.Watch::new).toList());
    }

    /** Inside MULTI it would have to wait for EXEC, which forgets what is watched anyway. */
    private static Plan unwatch(Session session) {
        if (session.isInTransaction()) {
            return misplaced("ERR UNWATCH inside MULTI is not allowed: EXEC and DISCARD end all watching");
        }
        session.endTransaction();
        return OK;
    }

    /** As Redis has it, this leaves a transaction that is open as it is. */
    private static Plan misplaced(String error) {
        return new Plan.Answer(Reply.error(error));
    }
}
