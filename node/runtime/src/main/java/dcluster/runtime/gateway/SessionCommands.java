package dcluster.runtime.gateway;

import dcluster.spi.Command;

/**
 * The RESP command of sessions, in which a command that is asked again is applied once: {@code SESSION OPEN} answers a
 * number, {@code SESSION number sequence command ...} what the command answers, on whatever connection. They belong to
 * the store, not to the connection: what the gateway itself remembers of a client is its {@link Session}.
 */
final class SessionCommands {
    private final CommandTable table;

    private SessionCommands(CommandTable table) {
        this.table = table;
    }

    static void addTo(CommandTable table) {
        table.addEverywhere("SESSION", -2, new SessionCommands(table)::bind);
    }

    private Plan bind(Words words, Session session) {
        if (words.name(1).equals("OPEN")) {
            return open(words, session);
        }
        if (words.count() < 4) {
            throw Refusal.wrongCount("session");
        }
        long number = fromOne(words, 1);
        long sequence = fromOne(words, 2);
        var plan = inner(new Words(words.from(3)), session);
        return plan instanceof Plan.Execute asked
                ? new Plan.Execute(new Command.InSession(number, sequence, asked.command()), asked.rendering())
                : plan;
    }

    private static Plan open(Words words, Session session) {
        if (words.count() != 2) {
            throw Refusal.wrongCount("session|open");
        }
        if (session.isInTransaction()) {
            throw new Refusal("ERR SESSION OPEN is not allowed between MULTI and EXEC: open the session before");
        }
        return new Plan.Execute(new Command.OpenSession(), Shape.NUMBER);
    }

    private static long fromOne(Words words, int index) {
        long number = words.integer(index);
        if (number < 1) {
            throw new Refusal(
                    "ERR sessions and their sequences are numbered from 1: SESSION number sequence command ...,"
                            + " with the number that SESSION OPEN answers");
        }
        return number;
    }

    /** A transaction is asked in a session as a whole, by its EXEC. */
    private Plan inner(Words words, Session session) {
        if (words.name(0).equals("EXEC")) {
            return table.plan(words, session);
        }
        if (session.isInTransaction()) {
            throw new Refusal("ERR between MULTI and EXEC no command is in a session; SESSION number sequence EXEC puts"
                    + " the whole transaction into one");
        }
        return table.planOnKeys(words, session);
    }
}
