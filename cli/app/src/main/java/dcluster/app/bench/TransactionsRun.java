package dcluster.app.bench;

import dcluster.app.process.Patience;
import dcluster.app.terminal.Progress;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Measures transactions of clusters that run. Each kind of work is measured of all of them, one after the other and the
 * other way round, before the next, and all of that in several rounds: so what else the machine does meets all alike.
 */
public final class TransactionsRun {
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Transactions wanted;
    private final List<Benched> clusters;
    private final Progress progress;
    private final Map<Benched, Keys> keys = new HashMap<>();

    public TransactionsRun(Transactions wanted, List<Benched> clusters, Progress progress) {
        this.wanted = wanted;
        this.clusters = List.copyOf(clusters);
        this.progress = progress;
    }

    /** All of it. */
    public TransactionsView run() {
        int most = Math.max(wanted.connections(), wanted.contenders());
        clusters.forEach(each -> keys.put(each, Keys.of(each.cluster().members(), most)));
        double loadBefore = Machine.load();
        var rows = rows();
        for (int round = 0; round <= wanted.rounds(); round++) {
            measure(round, rows);
        }
        progress.clear();
        return new TransactionsView(wanted, clusters, Machine.words(loadBefore), rows);
    }

    private List<TransactionsView.Row> rows() {
        var rows = new ArrayList<TransactionsView.Row>();
        for (var work : wanted.works()) {
            clusters.stream()
                    .filter(each -> keysOf(each).serve(work))
                    .forEach(each -> rows.add(new TransactionsView.Row(work, each, new ArrayList<>())));
        }
        return rows;
    }

    private Keys keysOf(Benched benched) {
        var found = keys.get(benched);
        if (found == null) {
            throw new IllegalStateException("no keys for " + benched.variant());
        }
        return found;
    }

    /** Round 0 counts nothing: in it virtual machines compile what they run, and keys are written that were absent. */
    private void measure(int round, List<TransactionsView.Row> rows) {
        var order = new ArrayList<>(rows);
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        for (var row : order) {
            progress.underWay((round == 0 ? "warming up: " : "round " + round + " of " + wanted.rounds() + ": ")
                    + row.work() + ", " + row.benched().variant());
            var measured = measure(row.benched(), row.work(), round == 0 ? wanted.warmUp() : wanted.measured());
            if (round > 0) {
                row.rounds().add(measured);
            }
        }
    }

    private Measured measure(Benched benched, Work work, Duration span) {
        var members = benched.cluster().members();
        var window = new Window();
        var clients = new ArrayList<LoadClient>();
        for (int i = 0; i < wanted.clients(work); i++) {
            clients.add(client(keysOf(benched), work, i, members, window));
        }
        var threads =
                clients.stream().map(client -> new Thread(client, "client")).toList();
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        pass(wanted.warmUp());
        long before = benched.begunAgain();
        window.open();
        pass(span);
        double seconds = window.close();
        long again = benched.begunAgain() - before;
        Patience.of(SETTLING).until(ended(threads));
        return Measured.of(clients, seconds, again);
    }

    private static LoadClient client(Keys keys, Work work, int number, List<Member> members, Window window) {
        var random = new SplittableRandom(number);
        var member = members.get(number % members.size());
        return new LoadClient(member, () -> keys.request(work, number, random), window);
    }

    private static void pass(Duration span) {
        Patience.of(span).until(() -> false);
    }

    private static BooleanSupplier ended(List<Thread> threads) {
        return () -> threads.stream().noneMatch(Thread::isAlive);
    }
}
