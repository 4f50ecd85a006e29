package dcluster.app.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Several {@link SessionClient}s, each on a thread of its own. What one of them dies of fails whoever waits for them. */
final class SessionClients implements AutoCloseable {
    private final List<SessionClient> clients;
    private final ExecutorService threads;
    private final List<Future<?>> runs;

    private SessionClients(List<SessionClient> clients) {
        this.clients = clients;
        this.threads = Executors.newFixedThreadPool(clients.size());
        this.runs = clients.stream().<Future<?>>map(threads::submit).toList();
    }

    static SessionClients start(TestCluster cluster, int count) {
        return new SessionClients(IntStream.range(0, count)
                .mapToObj(number -> new SessionClient(number, cluster))
                .toList());
    }

    /** Waits until 50 more commands of each are answered. */
    void awaitProgress() {
        clients.forEach(client -> {
            int goal = client.answered() + 50;
            Until.holds("50 more commands of a client are answered", () -> {
                runs.stream().filter(Future::isDone).forEach(SessionClients::join);
                return client.answered() >= goal;
            });
        });
    }

    /** Has them ask no more, and waits until they have ended. */
    void end() {
        clients.forEach(SessionClient::end);
        runs.forEach(SessionClients::join);
    }

    private static void join(Future<?> run) {
        try {
            run.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a client failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many attempts ended without telling what became of the command. */
    int unanswered() {
        return clients.stream().mapToInt(SessionClient::unanswered).sum();
    }

    /** What the shared counter answered, to all of them. */
    List<Long> sums() {
        var sums = new ArrayList<Long>();
        clients.forEach(client -> sums.addAll(client.sums()));
        return sums;
    }

    /** All that each wrote alone is there, once and in its order. */
    void verify(TestNode at) {
        clients.forEach(client -> client.verify(at));
    }

    @Override
    public void close() {
        clients.forEach(SessionClient::end);
        threads.shutdown();
    }
}
