package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.checker.linear.Model;
import dcluster.lab.simulation.Seen.Cart;
import dcluster.spi.Command;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a run ask: registers with compare-and-set, conditional writes and deletions, counters and lists, a
 * few keys of each, so that clients meet; and transactions over keys of their own. Where clients may write the merge of what they
 * see, every second question is about a cart. Every value is written once, but for what a deletion leaves.
 *
 * @param keys of each kind
 * @param traits of whom they ask, who serves not everything perhaps
 */
record Workload(int keys, Traits traits) {
    private static final int CART_ONE_IN = 2;

    /** A question, of a client who saw that last; what it writes is that value. */
    Question draw(RandomGenerator random, String value, Seen seen) {
        if (Carts.areServed(traits) && random.nextInt(CART_ONE_IN) == 0) {
            return drawCart(random, value, seen.cart());
        }
        var question = drawAny(random, value, seen);
        while (!isServed(question)) {
            question = drawAny(random, value, seen);
        }
        return question;
    }

    private Question drawCart(RandomGenerator random, String value, @Nullable Cart seen) {
        return seen == null || random.nextInt(3) == 0
                ? CartQuestion.read(Carts.key(random.nextInt(keys)))
                : CartQuestion.put(seen, value);
    }

    boolean servesSessions() {
        return traits.serves(Command.InSession.class);
    }

    private boolean isServed(Question question) {
        return traits.refusal(question.command()).isEmpty() && (comparesRegisters() || !isComparison(question));
    }

    /** Of registers that are regular at most nothing follows for comparisons, which they could not be judged with. */
    private boolean comparesRegisters() {
        return traits.consistency().compareTo(Consistency.LINEARIZABLE) <= 0;
    }

    private static boolean isComparison(Question question) {
        return question.ask().function() == Function.CAS;
    }

    private Question drawAny(RandomGenerator random, String value, Seen seen) {
        int key = random.nextInt(keys);
        return switch (random.nextInt(12)) {
            case 0, 1 -> KeyQuestion.read(Model.REGISTER, "register" + key);
            case 2, 3 -> KeyQuestion.write("register" + key, value);
            case 4 -> drawConditional(random, "register" + key, value, seen.register());
            case 5 -> KeyQuestion.read(Model.COUNTER, "counter" + key);
            case 6 -> KeyQuestion.add("counter" + key, 1);
            case 7 -> KeyQuestion.read(Model.LIST, "list" + key);
            case 8, 9 -> KeyQuestion.push("list" + key, value);
            default -> transactions().draw(random, value, seen);
        };
    }

    private TransactionWorkload transactions() {
        return new TransactionWorkload(keys, traits);
    }

    private static Question drawConditional(RandomGenerator random, String key, String value, @Nullable String seen) {
        return switch (random.nextInt(4)) {
            case 0 -> KeyQuestion.delete(key);
            case 1 -> KeyQuestion.putIfAbsent(key, value);
            default ->
                // Of a key that others write: some find what they expect.
                KeyQuestion.compareAndSet(key, seen, value);
        };
    }

    /** A write that always takes effect. */
    Question write(String value) {
        var push = KeyQuestion.push("list0", value);
        return isServed(push) ? push : KeyQuestion.write("register0", value);
    }

    /** A read of any key, or a transaction that reads all of one kind. */
    Question drawRead(RandomGenerator random) {
        var transactions = transactions();
        var all = reads(transactions.everything().subList(0, 1));
        var drawn = all.get(random.nextInt(all.size()));
        return drawn instanceof TransactionQuestion ? transactions.drawRead(random) : drawn;
    }

    /** A read of each key. */
    List<Question> everything() {
        return reads(transactions().everything());
    }

    private List<Question> reads(List<TransactionQuestion> ofTransactions) {
        var ofKeys = IntStream.range(0, keys)
                .boxed()
                .<Question>flatMap(key -> Stream.of(
                        KeyQuestion.read(Model.REGISTER, "register" + key),
                        KeyQuestion.read(Model.COUNTER, "counter" + key),
                        KeyQuestion.read(Model.LIST, "list" + key)));
        var ofCarts = IntStream.range(0, Carts.areServed(traits) ? keys : 0)
                .mapToObj(key -> CartQuestion.read(Carts.key(key)));
        return Stream.of(ofKeys, ofTransactions.stream(), ofCarts)
                .<Question>flatMap(each -> each)
                .filter(this::isServed)
                .toList();
    }
}
