package dcluster.app.client;

import dcluster.spi.Member;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A request to a node's admin endpoint that was sent and waits for its answer. Sending all before waiting for the first
 * asks many nodes at the same time with one thread, so a node that hangs costs its time only once.
 */
public final class AdminCall implements AutoCloseable {
    private static final int MAX_BYTES = 4 << 20;

    /** A status code and a body. */
    public record Answer(int status, String body) {}

    private final Optional<Socket> socket;
    private final long deadlineNanos;

    private AdminCall(Optional<Socket> socket, long deadlineNanos) {
        this.socket = socket;
        this.deadlineNanos = deadlineNanos;
    }

    /** Sends a GET; what fails shows as an absent answer. */
    public static AdminCall send(String host, int port, String path, Duration patience) {
        // HTTP 1.0: the answer comes in one piece and ends with the connection.
        var request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\nAccept: application/json\r\n\r\n";
        return send(host, port, patience, request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends JSON with a POST, in the same way. */
    public static AdminCall post(Member member, String path, String json, Duration patience) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var head = "POST " + path + " HTTP/1.0\r\nHost: " + member.host() + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return send(member.host(), member.adminPort(), patience, request.toByteArray());
    }

    private static AdminCall send(String host, int port, Duration patience, byte[] request) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), SocketTimeout.millis(patience));
            socket.getOutputStream().write(request);
            return new AdminCall(Optional.of(socket), deadlineNanos);
        } catch (IOException e) {
            close(socket);
            return new AdminCall(Optional.empty(), deadlineNanos);
        }
    }

    /** Whether the whole request was sent; if not, nothing can have been done. */
    public boolean isSent() {
        return socket.isPresent();
    }

    /** Waits, at most until the time given to {@link #send} is up; empty if nothing that can be understood came. */
    public Optional<Answer> await() {
        return socket.flatMap(this::read);
    }

    @Override
    public void close() {
        socket.ifPresent(AdminCall::close);
    }

    private Optional<Answer> read(Socket open) {
        try (open) {
            open.setSoTimeout(SocketTimeout.millis(Duration.ofNanos(deadlineNanos - System.nanoTime())));
            return parse(new BufferedInputStream(open.getInputStream()).readNBytes(MAX_BYTES));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Answer> parse(byte[] response) {
        var text = new String(response, StandardCharsets.UTF_8);
        int body = text.indexOf("\r\n\r\n");
        var words = text.split(" ", 3);
        if (body < 0 || words.length < 3 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[0-9]{3}")) {
            return Optional.empty();
        }
        return Optional.of(new Answer(Integer.parseInt(words[1]), text.substring(body + 4)));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was of no use already.
        }
    }
}
