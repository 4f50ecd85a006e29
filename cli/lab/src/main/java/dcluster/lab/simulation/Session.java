package dcluster.lab.simulation;

import dcluster.spi.Command;

/**
 * The session in which a client asks: so it may ask a command again, at any node, until it learns what became of it. It
 * is opened before the first command, and left when a client gives one up: what is asked then is asked in another one.
 */
final class Session {
    private long number;
    private long sequence;

    boolean isOpen() {
        return number > 0;
    }

    /** It has that number. */
    void opened(long asNumber) {
        number = asNumber;
        sequence = 0;
    }

    void leave() {
        number = 0;
    }

    /** A command that was not asked before, as the next one of this session. */
    Command next(Command command) {
        return new Command.InSession(number, ++sequence, command);
    }
}
