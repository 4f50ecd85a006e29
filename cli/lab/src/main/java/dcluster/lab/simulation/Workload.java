package dcluster.lab.simulation;

import dcluster.checker.linear.Model;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a run ask: registers with compare-and-set, conditional writes and deletions, counters and lists, a
 * few keys of each, so that clients meet. Every value is written once, but for what a deletion leaves.
 *
 * @param keys of each kind
 */
record Workload(int keys) {
    /** A question, of a client who saw that value of a register last; what it writes is that value. */
    Question draw(RandomGenerator random, String value, @Nullable String seen) {
        int key = random.nextInt(keys);
        return switch (random.nextInt(10)) {
            case 0, 1 -> Question.read(Model.REGISTER, "register" + key);
            case 2, 3 -> Question.write("register" + key, value);
            case 4 -> drawConditional(random, "register" + key, value, seen);
            case 5 -> Question.read(Model.COUNTER, "counter" + key);
            case 6 -> Question.add("counter" + key, 1);
            case 7 -> Question.read(Model.LIST, "list" + key);
            default -> Question.push("list" + key, value);
        };
    }

    private static Question drawConditional(RandomGenerator random, String key, String value, @Nullable String seen) {
        return switch (random.nextInt(4)) {
            case 0 -> Question.delete(key);
            case 1 -> Question.putIfAbsent(key, value);
            default ->
                // Of a key that others write: some find what they expect.
                Question.compareAndSet(key, seen, value);
        };
    }

    /** A read of any key. */
    Question drawRead(RandomGenerator random) {
        var all = everything();
        return all.get(random.nextInt(all.size()));
    }

    /** A read of each key. */
    List<Question> everything() {
        return IntStream.range(0, keys)
                .boxed()
                .flatMap(key -> Stream.of(
                        Question.read(Model.REGISTER, "register" + key),
                        Question.read(Model.COUNTER, "counter" + key),
                        Question.read(Model.LIST, "list" + key)))
                .toList();
    }
}
