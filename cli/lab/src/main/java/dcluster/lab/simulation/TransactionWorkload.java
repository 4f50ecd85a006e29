package dcluster.lab.simulation;

import dcluster.spi.Command;
import dcluster.spi.Traits;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The transactions among what clients ask: over lists, at times on the condition that one is as it was; over registers;
 * and over the accounts of a bank, which hold nothing at first, and between which amounts are moved.
 *
 * @param keys of each kind, but at least two accounts
 * @param traits of whom they ask
 */
record TransactionWorkload(int keys, Traits traits) {
    static final String LIST = "shared";
    static final String REGISTER = "cell";
    static final String ACCOUNT = "account";

    private static final int MOST_STEPS = 4;
    private static final long MOST_MOVED = 1000;

    /** Whether there are any. */
    static boolean areServed(Traits traits) {
        return traits.serves(Command.Transaction.class);
    }

    /** Whether some may move amounts. */
    static boolean areTransfersServed(Traits traits) {
        return areServed(traits) && traits.serves(Command.Increment.class);
    }

    /** Whether some may depend on what was seen before. */
    static boolean areWatchesServed(Traits traits) {
        return areServed(traits) && traits.serves(Command.Watch.class);
    }

    /** Any of them, of a client who saw that last; of whom serves none, one over lists. */
    Question draw(RandomGenerator random, String value, Seen seen) {
        if (!areServed(traits)) {
            return drawOverLists(random, value);
        }
        var watched = seen.watched();
        if (watched != null) {
            // Soon after it was seen: later the list would never be as it was.
            return new WatchedQuestion(drawOverLists(random, value), watched);
        }
        return switch (random.nextInt(areWatchesServed(traits) ? 5 : 4)) {
            case 0 -> drawOverAccounts(random);
            case 1 -> drawOverRegisters(random, value);
            case 4 -> new WatchQuestion(LIST + random.nextInt(keys));
            default -> drawOverLists(random, value);
        };
    }

    private TransactionQuestion drawOverLists(RandomGenerator random, String value) {
        return drawSteps(random, i -> {
            var key = LIST + random.nextInt(keys);
            return random.nextBoolean() ? new Step.Append(key, value + "/" + i) : new Step.ReadList(key);
        });
    }

    private TransactionQuestion drawOverRegisters(RandomGenerator random, String value) {
        return drawSteps(random, i -> {
            var key = REGISTER + random.nextInt(keys);
            return random.nextBoolean() ? new Step.Write(key, value + "/" + i) : new Step.Read(key);
        });
    }

    private static TransactionQuestion drawSteps(RandomGenerator random, IntFunction<Step> step) {
        int count = random.nextInt(1, MOST_STEPS + 1);
        return new TransactionQuestion(IntStream.range(0, count).mapToObj(step).toList());
    }

    private TransactionQuestion drawOverAccounts(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> allAccounts();
            case 1 -> accounts() > 2 ? drawThreefold(random) : drawTransfer(random);
            default -> drawTransfer(random);
        };
    }

    private int accounts() {
        return Math.max(2, keys);
    }

    private TransactionQuestion drawTransfer(RandomGenerator random) {
        int from = random.nextInt(accounts());
        int to = from + random.nextInt(1, accounts());
        long amount = drawAmount(random);
        return new TransactionQuestion(List.of(move(from, -amount), move(to, amount)));
    }

    /** From one account to two others; where there are no more than these, what it is told makes the total. */
    private TransactionQuestion drawThreefold(RandomGenerator random) {
        int from = random.nextInt(accounts());
        long one = drawAmount(random);
        long other = drawAmount(random);
        return new TransactionQuestion(List.of(move(from, -one - other), move(from + 1, one), move(from + 2, other)));
    }

    private static long drawAmount(RandomGenerator random) {
        return random.nextLong(1, MOST_MOVED + 1);
    }

    private Step move(int account, long amount) {
        return new Step.Move(ACCOUNT + account % accounts(), amount);
    }

    /** A read of all there is of one kind. */
    TransactionQuestion drawRead(RandomGenerator random) {
        var all = everything();
        return all.get(random.nextInt(all.size()));
    }

    /** A read of all lists, and of all registers and accounts if they are served. */
    List<TransactionQuestion> everything() {
        var lists = all(keys, i -> new Step.ReadList(LIST + i));
        var registers = all(keys, i -> new Step.Read(REGISTER + i));
        return areServed(traits) ? List.of(lists, registers, allAccounts()) : List.of(lists);
    }

    private TransactionQuestion allAccounts() {
        return all(accounts(), i -> new Step.Balance(ACCOUNT + i));
    }

    private static TransactionQuestion all(int count, IntFunction<Step> read) {
        return new TransactionQuestion(IntStream.range(0, count).mapToObj(read).toList());
    }
}
