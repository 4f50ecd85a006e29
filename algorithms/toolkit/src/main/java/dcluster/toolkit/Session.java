package dcluster.toolkit;

import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;

/**
 * What is remembered of one session; immutable.
 *
 * @param sequence of the last command that was applied; 0 before the first
 * @param command the {@link Fingerprint} of that command, so that another one under its sequence is told apart
 * @param answer what it was answered; before the first, what opening was
 * @param use the number of the change of the store that was the last use of the session
 */
record Session(long sequence, long command, Answer answer, long use) implements Weighed {
    /** On the heap, with a small answer and its place in the {@link Chain}: four objects of 40 to 24 bytes, and shares. */
    private static final int MEMORY_BYTES = 180 + Answer.SMALL_BYTES;

    /** Three numbers and the size of a part. */
    private static final int ENCODED_BYTES = 24;

    /** The most that one takes in memory, but for its key. */
    static final int MOST_MEMORY_BYTES = MEMORY_BYTES + Answer.MOST_BYTES - Answer.SMALL_BYTES;

    /** One that was just opened, by the change of that number. */
    static Session opened(long id, long use) {
        return new Session(0, 0, Answer.kept(new Response.Ok(new Result.WholeNumber(id))), use);
    }

    /** The same, used once more. */
    Session usedAt(long change) {
        return new Session(sequence, command, answer, change);
    }

    @Override
    public long hash() {
        return StateHash.both(StateHash.both(sequence, command), StateHash.both(answer.hash(), use));
    }

    @Override
    public long bytes() {
        return ENCODED_BYTES + answer.bytes();
    }

    /** The same for all with a small answer, so that whatever answers no more can be told in a store that is full. */
    @Override
    public long memoryBytes() {
        return MEMORY_BYTES + Math.max(0, answer.memoryBytes() - Answer.SMALL_BYTES);
    }

    /** The most by which one grows when a command is applied in it. */
    static long growth(Command command) {
        return canBeLarge(command) ? Answer.MOST_BYTES - Answer.SMALL_BYTES : 0;
    }

    /** Whether the answer can be more than a number, a condition that held or not, or a failure. */
    private static boolean canBeLarge(Command command) {
        return command instanceof Command.Transaction || (command instanceof Command.Put put && put.previous());
    }
}
