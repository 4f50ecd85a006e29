package dcluster.app.processes;

import dcluster.app.client.AdminCall;
import dcluster.app.client.RespConnection;
import dcluster.app.process.LocalMachine;
import dcluster.app.terminal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/**
 * A member of a cluster as {@code ps -o json} shows it.
 *
 * @param pid of its process when it was looked at; 0 if there was none
 * @param cluster the folder of its cluster
 */
record TestNode(String id, long pid, int clientPort, int peerPort, int adminPort, Path cluster) {
    static final String HOST = "127.0.0.1";

    private static final Duration ADMIN = Duration.ofSeconds(2);

    /** Longer than a node takes to answer that it does not know. */
    private static final Duration REPLY = Duration.ofSeconds(20);

    static TestNode of(Map<?, ?> row) {
        return new TestNode(
                (String) Objects.requireNonNull(row.get("node")),
                row.get("pid") instanceof Long pid ? pid : 0,
                port(row, "clientPort"),
                port(row, "peerPort"),
                port(row, "adminPort"),
                Path.of((String) Objects.requireNonNull(row.get("folder"))));
    }

    private static int port(Map<?, ?> row, String key) {
        return Math.toIntExact((Long) Objects.requireNonNull(row.get(key)));
    }

    List<Integer> ports() {
        return List.of(clientPort, peerPort, adminPort);
    }

    Path data() {
        return cluster.resolve("nodes").resolve(id);
    }

    /** Where it is remembered apart from its data. */
    Path memory() {
        return cluster.resolve("incarnations").resolve(id);
    }

    /** Up to where its journal is remembered to have been durable. */
    long position() {
        return remembered("position");
    }

    /** How often it is remembered to have been started. */
    long incarnation() {
        return remembered("incarnation");
    }

    private long remembered(String key) {
        try {
            return Files.readAllLines(memory()).stream()
                    .filter(line -> line.startsWith(key + ": "))
                    .mapToLong(line -> Long.parseLong(line.substring(key.length() + 2)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it logged, over all its runs. */
    String log() {
        try {
            return Files.readString(cluster.resolve("logs").resolve(id + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often something stands in its log. */
    int logged(String what) {
        return log().split(java.util.regex.Pattern.quote(what), -1).length - 1;
    }

    boolean isRunning() {
        return pid != 0 && new LocalMachine().process(pid).isPresent();
    }

    RespConnection connect() throws IOException {
        return RespConnection.open(HOST, clientPort, REPLY);
    }

    RedisClient jedis() {
        return RedisClient.create(HOST, clientPort);
    }

    /** A page of its admin port; empty if it does not answer. */
    Optional<AdminCall.Answer> page(String path) {
        try (var call = AdminCall.send(HOST, adminPort, path, ADMIN)) {
            return call.await();
        }
    }

    /** Its {@code /status}; empty if it does not answer. */
    Optional<Map<String, @Nullable Object>> status() {
        return page("/status").filter(answer -> answer.status() == 200).map(answer -> Json.object(answer.body()));
    }

    /** From where to where a replicated log is held: indexes, or slots. */
    record Log(long first, long last) {}

    /** What it holds of its log, once it answers. */
    Log held() {
        return Until.there(
                id + " tells of its log",
                () -> eitherDetail("firstIndex", "firstSlot")
                        .flatMap(first ->
                                eitherDetail("lastIndex", "lastAccepted").map(last -> new Log(first, last))));
    }

    private Optional<Long> eitherDetail(String inRaft, String inPaxos) {
        return detail(inRaft).or(() -> detail(inPaxos));
    }

    /** A figure among the details of its status; empty if it does not answer, or has none of that name. */
    Optional<Long> detail(String name) {
        return status().map(status -> status.get("details") instanceof Map<?, ?> details ? details.get(name) : null)
                .map(figure -> figure instanceof Long value ? value : null);
    }

    boolean isHealthy() {
        return page("/health").filter(answer -> answer.status() == 200).isPresent();
    }

    /** A figure of {@code /metrics}; empty if it does not answer. */
    Optional<Double> metric(String name) {
        return page("/metrics")
                .flatMap(answer -> answer.body()
                        .lines()
                        .filter(line -> line.startsWith(name + " "))
                        .map(line -> Double.valueOf(line.substring(name.length() + 1)))
                        .findFirst());
    }
}
