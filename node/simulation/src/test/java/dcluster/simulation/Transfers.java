package dcluster.simulation;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A client that moves amounts between accounts at any member, one transaction after the other, until it is told to end. */
final class Transfers {
    private static final long PAUSE_NANOS = 5_000_000;
    private static final int ACCOUNTS = 10;

    private final Simulation<?> simulation;
    private final Random random;
    private long answered;
    private boolean ended;

    private Transfers(Simulation<?> simulation, long seed) {
        this.simulation = simulation;
        this.random = new Random(seed);
    }

    static Transfers begin(Simulation<?> simulation, long seed) {
        var transfers = new Transfers(simulation, seed);
        transfers.next();
        return transfers;
    }

    private static Bytes account(int number) {
        return Bytes.utf8("account" + number);
    }

    private void next() {
        if (ended) {
            return;
        }
        int from = random.nextInt(ACCOUNTS);
        int to = (from + random.nextInt(1, ACCOUNTS)) % ACCOUNTS;
        var transfer = new Command.Transaction(
                List.of(new Command.Increment(account(from), -5), new Command.Increment(account(to), 5)));
        var ids = simulation.ids();
        simulation.submit(ids.get(random.nextInt(ids.size())), transfer, this::answered);
    }

    private void answered(Answer answer) {
        answered += isOk(answer) ? 1 : 0;
        simulation.after(PAUSE_NANOS, this::next);
    }

    private static boolean isOk(Answer answer) {
        return answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok;
    }

    /** How many were committed, as far as the client was told. */
    long answered() {
        return answered;
    }

    void end() {
        ended = true;
    }

    /** What all accounts hold together, in a transaction of its own at the first member that has it answered. */
    static long total(Simulation<?> simulation) {
        var reads = IntStream.range(0, ACCOUNTS)
                .<Command>mapToObj(number -> new Command.Get(account(number)))
                .toList();
        var totals = new long[] {Long.MIN_VALUE};
        simulation.submit(simulation.ids().get(0), new Command.Transaction(reads), answer -> totals[0] = total(answer));
        simulation.run(simulation.now() + 2_000_000_000L);
        return totals[0];
    }

    private static long total(Answer answer) {
        if (answer instanceof Answer.Responded responded
                && responded.response() instanceof Response.Ok ok
                && ok.result() instanceof Result.Each each) {
            return each.results().stream()
                    .filter(Result.Found.class::isInstance)
                    .mapToLong(result ->
                            Long.parseLong(((Result.Found) result).value().toString()))
                    .sum();
        }
        throw new AssertionError("no total: " + answer);
    }
}
