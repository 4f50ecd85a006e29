package dcluster.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client port behind which each key holds a number; it serves one client after the other. */
final class FakeCounter implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    FakeCounter() {
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Thread(this::serve, "fake counter").start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** All keys forget some of what was added to them. */
    void lose(long lost) {
        counts.replaceAll((key, count) -> count - lost);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                serve(socket);
            } catch (IOException e) {
                // The test is through with it, or its client is.
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        var buffer = new byte[4096];
        for (int length = 0; length >= 0; length = socket.getInputStream().read(buffer)) {
            if (length > 0) {
                var answer = answer(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private String answer(String request) {
        var key = request.lines().skip(4).findFirst().orElseThrow();
        if (request.contains("INCR")) {
            return ":" + counts.merge(key, 1L, Long::sum) + "\r\n";
        }
        var value = "" + counts.getOrDefault(key, 0L);
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
