package dcluster.app.demo;

import dcluster.spi.Member;
import java.util.List;
import java.util.stream.IntStream;

/** Several clients, each on a thread of its own. */
final class Clients {
    private final List<Client> clients;
    private final List<Thread> threads;

    /** They write from now on. */
    Clients(int count, List<Member> members, Ledger ledger) {
        clients = IntStream.range(0, count)
                .mapToObj(number -> new Client(number, members, ledger))
                .toList();
        threads = clients.stream().map(client -> new Thread(client, "client")).toList();
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
    }

    /** Lets each finish the write that it is at. */
    void stop() {
        clients.forEach(Client::stop);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
