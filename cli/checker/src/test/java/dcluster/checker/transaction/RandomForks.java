package dcluster.checker.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A few clients of two replicas that get each other's writes late or never. Each of three registers is written once at
 * most; transactions read two or three, and some of them one twice, or one that they have written.
 */
final class RandomForks {
    private static final int SELDOM = 8;

    private final Random random;
    private final List<String> words = new ArrayList<>();
    private final List<Set<Character>> replicas = List.of(new HashSet<>(), new HashSet<>());
    private final List<Character> unwritten = new ArrayList<>(List.of('x', 'y', 'z'));
    private final Map<Character, String> ends = new HashMap<>();

    private RandomForks(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** What clients did, for {@link dcluster.checker.testing.TransactionScript}. */
    static String script(long seed) {
        return new RandomForks(seed).script();
    }

    private String script() {
        int left = 6 + random.nextInt(3);
        while (left > 0 || !ends.isEmpty()) {
            char client = (char) ('a' + random.nextInt(4));
            var end = ends.remove(client);
            if (end != null) {
                words.add(client + end);
            } else if (left > 0) {
                left--;
                begin(client);
            }
        }
        return String.join(" ", words);
    }

    private void begin(char client) {
        boolean writes = !unwritten.isEmpty() && random.nextInt(4) > 0;
        int near = (writes ? unwritten.size() : random.nextInt()) & 1;
        var steps = writes ? write(near) : read(near);
        words.add(client + "[" + String.join(";", steps));
        int end = random.nextInt(12);
        ends.put(client, end == 0 ? "!" : end < 3 ? "?" : "]");
    }

    /** A write at one replica after the other, that the other replica may have at once, and maybe reads after it. */
    private List<String> write(int near) {
        char register = unwritten.remove(random.nextInt(unwritten.size()));
        replicas.get(near).add(register);
        if (random.nextInt(SELDOM) == 0) {
            replicas.get(1 - near).add(register);
        }
        var steps = new ArrayList<>(List.of(register + ":1"));
        if (random.nextInt(3) == 0) {
            steps.addAll(read(near));
        }
        return steps;
    }

    private List<String> read(int near) {
        var registers = new ArrayList<>(List.of('x', 'y', 'z'));
        if (random.nextInt(3) == 0) {
            registers.remove(random.nextInt(registers.size()));
        }
        registers.add(registers.remove(0));
        if (random.nextInt(3) == 0) {
            registers.add(registers.get(0));
        }
        var steps = new ArrayList<String>();
        for (char register : registers) {
            steps.add(register + "=" + (replicas.get(near).contains(register) ? "1" : ""));
            replicas.get(near).addAll(random.nextInt(3 * SELDOM) == 0 ? replicas.get(1 - near) : Set.of());
        }
        return steps;
    }
}
