package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks in a session, one command after the other, and each again, at one node after the other, until it
 * learns what became of it. It knows all that it wrote, so it knows each answer before it comes, but for that of a
 * counter which it shares with others.
 */
final class SessionClient implements Runnable {
    private static final int KINDS = 4;
    private static final Reply ONE = new Reply.Whole(1);

    private final int number;
    private final TestCluster cluster;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean ended;

    private final List<String> elements = new ArrayList<>();
    private final List<Long> sums = new ArrayList<>();
    private @Nullable RespConnection connection;
    private int node;
    private long session;
    private int sequence;

    SessionClient(int number, TestCluster cluster) {
        this.number = number;
        this.cluster = cluster;
        this.node = number;
    }

    /** How many commands were answered. */
    int answered() {
        return answered.get();
    }

    /** How many attempts ended without telling what became of the command. */
    int unanswered() {
        return unanswered.get();
    }

    /** It asks no more commands. */
    void end() {
        ended = true;
    }

    @Override
    public void run() {
        session = whole(again("SESSION", "OPEN"));
        while (!ended) {
            sequence++;
            switch (sequence % KINDS) {
                case 1 -> append();
                case 2 -> increment();
                case 3 -> replace();
                default -> transact();
            }
            answered.incrementAndGet();
        }
        disconnect();
    }

    private void append() {
        elements.add("e" + sequence);
        assertThat(inSession("RPUSH", list(), "e" + sequence)).isEqualTo(new Reply.Whole(elements.size()));
    }

    private void increment() {
        sums.add(whole(inSession("INCR", SessionIT.COUNTER)));
    }

    /** It says "mismatch" for its own first attempt, if that was applied without being remembered. */
    private void replace() {
        var former = "" + Math.max(0, sequence - KINDS);
        if (sequence < KINDS) {
            assertThat(again("SET", text(), former)).isEqualTo(new Reply.Simple("OK"));
        }
        assertThat(inSession("CAS", text(), former, "" + sequence)).isEqualTo(ONE);
    }

    private void transact() {
        elements.add("e" + sequence);
        var reply = Until.there(
                "a transaction of client " + number + " is answered",
                () -> attempt(List.of(
                        List.of("MULTI"),
                        List.of("RPUSH", list(), "e" + sequence),
                        List.of("INCR", SessionIT.COUNTER),
                        List.of("SESSION", "" + session, "" + sequence, "EXEC"))));
        assertThat(reply).isInstanceOfSatisfying(Reply.Many.class, each -> {
            assertThat(each.elements()).hasSize(2).first().isEqualTo(new Reply.Whole(elements.size()));
            sums.add(whole(each.elements().get(1)));
        });
    }

    private static long whole(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Whole.class);
        return ((Reply.Whole) reply).value();
    }

    // Attempts

    private Reply inSession(String... command) {
        var request = new ArrayList<>(List.of("SESSION", "" + session, "" + sequence));
        request.addAll(List.of(command));
        return again(request.toArray(String[]::new));
    }

    private Reply again(String... request) {
        return Until.there(String.join(" ", request) + " is answered", () -> attempt(List.of(List.of(request))));
    }

    /** The answer to the last of these requests; empty if the next node is to be asked. */
    private Optional<Reply> attempt(List<List<String>> requests) {
        try {
            var reply = ask(requests);
            if (reply instanceof Reply.ErrorLine error
                    && List.of("UNAVAILABLE", "OVERLOADED", "UNKNOWN").contains(error.kind())) {
                unanswered.addAndGet(error.kind().equals("UNKNOWN") ? 1 : 0);
                disconnect();
                return Optional.empty();
            }
            return Optional.of(reply);
        } catch (IOException e) {
            unanswered.addAndGet(connection == null ? 0 : 1);
            disconnect();
            return Optional.empty();
        }
    }

    private Reply ask(List<List<String>> requests) throws IOException {
        if (connection == null) {
            connection = cluster.nodes().get(node % cluster.nodes().size()).connect();
        }
        Reply reply = new Reply.Nil();
        for (var request : requests) {
            reply = connection.call(request.toArray(String[]::new));
        }
        return reply;
    }

    private void disconnect() {
        node++;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    // What must be there afterwards

    private String list() {
        return "session-list-" + number;
    }

    private String text() {
        return "session-text-" + number;
    }

    /** What the shared counter answered. */
    List<Long> sums() {
        return sums;
    }

    /** All that it wrote alone is there, once and in its order. */
    void verify(TestNode at) {
        assertThat(new Ask(at).list(list())).isEqualTo(elements);
        int replaced = sequence - Math.floorMod(sequence - 3, KINDS);
        assertThat(new Ask(at).text(text())).isEqualTo("" + replaced);
    }
}
