package dcluster.checker.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A few clients of a bank that really exists, and is careless: two of three transactions read what is there at each
 * step, and write at once; the others read a copy, and write all at their end or, if they fail, nothing. Some balances
 * that are read are made up.
 */
final class RandomBank {
    private static final int MOST_MONEY_MOVED = 2;
    private static final int LIAR = 30;

    private final Random random;
    private final int[] balances;
    private final List<String> words = new ArrayList<>();
    private final Map<Character, Customer> open = new HashMap<>();

    private RandomBank(long seed, int... balances) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.balances = balances;
    }

    /** What clients of a bank with the accounts x and y did, a {@link dcluster.checker.testing.TransactionScript}. */
    static String script(long seed, int x, int y) {
        return new RandomBank(seed, x, y).script();
    }

    private String script() {
        int left = 4 + random.nextInt(3);
        while (left > 0 || !open.isEmpty()) {
            char client = (char) ('a' + random.nextInt(3));
            var customer = open.get(client);
            if (customer != null) {
                customer.goOn(client);
            } else if (left > 0) {
                left--;
                open.put(client, new Customer());
                words.add("");
            }
        }
        return String.join(" ", words);
    }

    private final class Customer {
        final int word = words.size();
        final int @Nullable [] copy = random.nextInt(3) == 0 ? balances.clone() : null;
        final Queue<Runnable> plan = new ArrayDeque<>();
        final List<String> done = new ArrayList<>();

        Customer() {
            int first = random.nextInt(2);
            switch (random.nextInt(6)) {
                case 0, 1 -> look(first, 1 - first);
                case 2 -> look(first, 1 - first, random.nextInt(2));
                case 3 -> look(first, first);
                default -> transfer(first, random.nextInt(MOST_MONEY_MOVED + 1));
            }
        }

        void look(int... accounts) {
            Arrays.stream(accounts).forEach(account -> plan.add(() -> read(account)));
        }

        void transfer(int from, int amount) {
            plan.add(() -> read(from));
            plan.add(() -> move(from, -amount));
            plan.add(() -> read(1 - from));
            plan.add(() -> move(1 - from, amount));
            look(random.nextInt(2));
        }

        int[] view() {
            return copy == null ? balances : copy;
        }

        void read(int account) {
            int lie = random.nextInt(LIAR) == 0 ? 1 : 0;
            done.add(step(account, '=', view()[account] + lie));
        }

        void move(int account, int amount) {
            view()[account] += amount;
            done.add(step(account, ':', view()[account]));
        }

        String step(int account, char what, int value) {
            return "" + (char) ('x' + account) + what + value;
        }

        void goOn(char client) {
            var next = plan.poll();
            if (next != null) {
                next.run();
                return;
            }
            open.remove(client);
            words.set(word, client + "[" + String.join(";", done));
            int end = random.nextInt(12);
            boolean fails = end == 0;
            words.add(client + (fails ? "!" : end < 4 ? "?" : "]"));
            boolean wrote = done.stream().anyMatch(step -> step.charAt(1) == ':');
            if (copy != null && wrote && !fails) {
                System.arraycopy(copy, 0, balances, 0, copy.length);
            }
        }
    }
}
