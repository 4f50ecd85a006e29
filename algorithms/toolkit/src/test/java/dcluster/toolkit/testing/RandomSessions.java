package dcluster.toolkit.testing;

import dcluster.spi.Command;
import java.util.random.RandomGenerator;

/**
 * What clients in sessions ask, each command often more than once, and some that ask in sessions that are long over or
 * were never opened; and {@link RandomCommands} without a session in between.
 */
public final class RandomSessions {
    private final RandomGenerator random;
    private final RandomCommands commands;
    private final int known;
    private long opened;

    // What was asked last, to be asked again.
    private Command latest = new Command.OpenSession();

    /** On so many keys, in about that many of the sessions that were opened last. */
    public RandomSessions(RandomGenerator random, int keys, int known) {
        this.random = random;
        this.commands = new RandomCommands(random, keys);
        this.known = known;
    }

    public Command next() {
        int kind = random.nextInt(20);
        if (kind < 3 || opened == 0) {
            opened++;
            return new Command.OpenSession();
        }
        if (kind < 6) {
            return commands.next();
        }
        if (kind > 11) {
            long session = Math.max(1, opened + 1 - random.nextInt(known + 2));
            latest = new Command.InSession(session, random.nextLong(1, 12), commands.next());
        }
        return latest;
    }
}
