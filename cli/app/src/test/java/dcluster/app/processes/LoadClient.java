package dcluster.app.processes;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import dcluster.app.processes.Write.Ending;
import dcluster.app.processes.Write.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client: sends one command after the other to some node, and moves to another node when something fails. What it
 * keeps is to be read when its thread has ended.
 */
final class LoadClient implements Runnable {
    /** Lists are not let grow without end: a new one begins after so many elements of a client. */
    private static final int LIST = 500;

    private final int number;
    private final TestCluster cluster;
    private final LoadTally tally;
    private final Demand demand;
    private final Random random;
    private final List<Write> writes = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    /** What this client's own text may be now: what it certainly was last, and all that may yet take effect. */
    private final Set<String> legal = new HashSet<>(Set.of(""));

    private @Nullable RespConnection connection;
    private int sequence;
    private String last = "";

    LoadClient(int number, TestCluster cluster, LoadTally tally, Demand demand) {
        this.number = number;
        this.cluster = cluster;
        this.tally = tally;
        this.demand = demand;
        this.random = new Random(Seed.VALUE * 31 + number);
    }

    List<Write> writes() {
        return writes;
    }

    List<String> violations() {
        return violations;
    }

    /** What its text may be now; "" stands for an absent one. */
    Set<String> legal() {
        return legal;
    }

    /** The key of its text. */
    String text() {
        return "text-" + number;
    }

    @Override
    public void run() {
        while (!tally.isOver()) {
            if (connection == null) {
                connect();
            } else {
                step(connection);
            }
        }
        disconnect();
    }

    private void connect() {
        var nodes = cluster.clientEnds();
        try {
            connection = nodes.get(random.nextInt(nodes.size())).connect();
        } catch (IOException e) {
            tally.pause();
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private void step(RespConnection to) {
        int draw = random.nextInt(6);
        switch (draw) {
            case 0, 1, 2 -> append(to, draw == 2 ? "shared-" : "list-" + number + "-");
            case 3 -> write(to, Kind.INCREMENT, "counter", "");
            case 4 -> write(to, Kind.PUT, text(), next() + "." + "x".repeat(random.nextInt(400)));
            default -> read(to);
        }
    }

    private void append(RespConnection to, String list) {
        var value = next();
        write(to, Kind.APPEND, list + sequence / LIST, value);
    }

    /** A value that was not written before. */
    private String next() {
        return number + "-" + ++sequence;
    }

    private void write(RespConnection to, Kind kind, String key, String value) {
        if (!demand.kinds().contains(kind)) {
            return;
        }
        try {
            var reply = switch (kind) {
                case APPEND -> to.call("RPUSH", tally.prefix() + key, value);
                case INCREMENT -> to.call("INCR", tally.prefix() + key);
                case PUT -> to.call("SET", tally.prefix() + key, value);
            };
            written(kind, key, value, reply);
        } catch (IOException e) {
            keep(new Write(kind, key, value, Ending.UNKNOWN), "connection lost");
            disconnect();
        }
    }

    private void written(Kind kind, String key, String value, Reply reply) {
        if (!(reply instanceof Reply.ErrorLine error)) {
            var answer = kind == Kind.INCREMENT && reply instanceof Reply.Whole whole ? "" + whole.value() : value;
            keep(new Write(kind, key, answer, Ending.ACKNOWLEDGED), "");
            return;
        }
        if (error.kind().equals("UNKNOWN")) {
            keep(new Write(kind, key, value, Ending.UNKNOWN), error.kind());
        } else {
            keep(new Write(kind, key, value, Ending.FAILED), error.kind());
        }
        moveOn(error);
    }

    private void keep(Write write, String why) {
        writes.add(write);
        tally.count(write, why);
        if (write.kind() != Kind.PUT) {
            return;
        }
        if (write.isAcknowledged()) {
            tookEffect(write.value());
        } else if (write.isUnknown()) {
            legal.add(write.value());
        }
    }

    /** What the text was before cannot come back: a put takes effect once. */
    private void tookEffect(String put) {
        legal.remove(last);
        last = put;
        legal.add(put);
    }

    /** A read after a write of the same client must see it, at whatever node. */
    private void read(RespConnection from) {
        try {
            var reply = from.call("GET", tally.prefix() + text());
            if (reply instanceof Reply.ErrorLine error && error.kind().equals("SIBLINGS")) {
                reply = from.call("SIBLINGS", tally.prefix() + text());
            }
            if (reply instanceof Reply.ErrorLine error) {
                moveOn(error);
            } else {
                read(Ask.values(reply));
            }
        } catch (IOException e) {
            disconnect();
        }
    }

    private void read(List<String> found) {
        if (!legal.containsAll(found)) {
            violations.add("client " + number + " read " + found + " and may read only " + legal);
        }
        if (demand.isAtomic()) {
            found.forEach(this::tookEffect);
        }
    }

    private void moveOn(Reply.ErrorLine error) {
        if (!Set.of("UNKNOWN", "UNAVAILABLE", "OVERLOADED").contains(error.kind())) {
            violations.add("client " + number + " was told: " + error.text());
        }
        disconnect();
        tally.pause();
    }
}
