package dcluster.checker.regular;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import dcluster.checker.testing.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The checker against a store that does what its package says: each write looks at some moment and takes effect at a
 * later one, both while it goes on, and then replaces what it saw. Every choice of moments is tried, for each read
 * anew. {@code -Ddcluster.checker.histories} sets of how many histories.
 */
class SiblingsPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 5_000);

    @Test
    void theReadsThatAreNotRegularAreThoseThatNoStoreAnswersSo() {
        int[] told = new int[4];
        for (long seed = 0; seed < HISTORIES; seed++) {
            var script = script(new Random(seed * 0x9E3779B97F4A7C15L));
            var history = Script.history(script);
            var reads = history.operations().stream()
                    .filter(operation -> operation.isOk() && operation.function() == Function.READ)
                    .toList();
            var impossible = reads.stream()
                    .filter(read -> !answers(history, read).contains(values(read)))
                    .toList();
            assertThat(RegularRegisters.check(history))
                    .as("seed %s: %s", seed, script)
                    .extracting(StaleRead::read)
                    .containsExactlyInAnyOrderElementsOf(impossible);
            reads.forEach(
                    read -> told[(impossible.contains(read) ? 2 : 0) + (read.output() instanceof Siblings ? 1 : 0)]++);
        }
        assertThat(told[0]).as("possible reads of one value").isGreaterThan(HISTORIES / 5);
        assertThat(told[1]).as("possible reads of siblings").isGreaterThan(HISTORIES / 20);
        assertThat(told[2]).as("impossible reads of one value").isGreaterThan(HISTORIES / 4);
        assertThat(told[3]).as("impossible reads of siblings").isGreaterThan(HISTORIES / 4);
    }

    private static Set<Object> values(Operation read) {
        if (read.output() instanceof Siblings siblings) {
            return siblings.values();
        }
        return read.output() == null ? Set.of() : Set.of(read.output());
    }

    // The store

    /**
     * What each write saw that has looked, which have looked, which have taken effect, and which of them are there: sets of
     * writes by number, a bit each; of what they saw eight bits each.
     */
    private record Store(long saw, int looked, int done, int there) {
        private Store look(int write) {
            return new Store(saw | ((long) there << (8 * write)), looked | (1 << write), done, there);
        }

        private Store takeEffect(int write) {
            int seen = (int) (saw >>> (8 * write)) & 0xff;
            return new Store(saw, looked, done | (1 << write), (there & ~seen) | (1 << write));
        }

        private Store act(int write) {
            return has(looked, write) ? takeEffect(write) : look(write);
        }
    }

    private static boolean has(int set, int write) {
        return ((set >>> write) & 1) == 1;
    }

    private record Moment(int position, int write, boolean isEnd) {}

    /** All that the read may be told. */
    private static Set<Set<Object>> answers(History history, Operation read) {
        var writes = history.operations().stream()
                .filter(operation -> operation.function() == Function.WRITE)
                .filter(operation -> operation.outcome() != Operation.Outcome.FAIL)
                .toList();
        var open = new HashSet<Integer>();
        var stores = Set.of(new Store(0, 0, 0, 0));
        var answers = new HashSet<Set<Object>>();
        for (var moment : moments(writes, read)) {
            if (moment.write < 0 && moment.isEnd) {
                break;
            }
            if (moment.write >= 0 && moment.isEnd) {
                stores = stores.stream()
                        .filter(store -> has(store.done, moment.write))
                        .collect(Collectors.toSet());
                open.remove(moment.write);
            } else if (moment.write >= 0) {
                open.add(moment.write);
            }
            stores = whatever(stores, open);
            if (moment.position >= read.invoked()) {
                stores.forEach(store -> answers.add(told(store, writes)));
            }
        }
        return answers;
    }

    private static List<Moment> moments(List<Operation> writes, Operation read) {
        var moments =
                new ArrayList<>(List.of(new Moment(read.invoked(), -1, false), new Moment(read.ended(), -1, true)));
        for (int i = 0; i < writes.size(); i++) {
            moments.add(new Moment(writes.get(i).invoked(), i, false));
            moments.add(new Moment(writes.get(i).ended(), i, true));
        }
        moments.sort(Comparator.comparingInt(Moment::position));
        return moments;
    }

    /** What the stores may be after any looks and effects of open writes. */
    private static Set<Store> whatever(Set<Store> before, Set<Integer> open) {
        var all = new LinkedHashSet<>(before);
        var next = before;
        while (!next.isEmpty()) {
            next = next.stream()
                    .flatMap(store -> open.stream()
                            .filter(write -> !has(store.done, write))
                            .map(write -> store.act(write)))
                    .filter(all::add)
                    .collect(Collectors.toSet());
        }
        return all;
    }

    private static Set<Object> told(Store store, List<Operation> writes) {
        return IntStream.range(0, writes.size())
                .filter(i -> has(store.there, i))
                .mapToObj(writes::get)
                .filter(write -> write.input() != null)
                .map(Operation::input)
                .collect(Collectors.toSet());
    }

    // Random histories

    private static String script(Random random) {
        var words = new ArrayList<String>();
        var open = new HashMap<Character, Boolean>();
        int left = 4 + random.nextInt(3);
        while (left > 0 || !open.isEmpty()) {
            char client = (char) ('a' + random.nextInt(4));
            var isRead = open.remove(client);
            if (isRead != null) {
                words.add(client + end(isRead, random));
            } else if (left-- > 0) {
                isRead = random.nextInt(5) < 2;
                open.put(client, isRead);
                words.add(client + "[" + (isRead ? "read" : "write:" + value(random)));
            }
        }
        return String.join(" ", words);
    }

    private static String end(boolean isRead, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "?";
            case 1 -> "!";
            default -> "]" + (isRead ? seen(random) : "");
        };
    }

    private static String seen(Random random) {
        var some = IntStream.rangeClosed(1, 3)
                .filter(i -> random.nextInt(5) < 3)
                .boxed()
                .toList();
        return some.size() < 2 ? "=" + value(random) : "~" + some.toString().replace(" ", "");
    }

    private static String value(Random random) {
        return random.nextInt(8) == 0 ? "null" : "" + (1 + random.nextInt(3));
    }
}
