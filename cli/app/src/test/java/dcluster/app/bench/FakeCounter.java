package dcluster.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A client port behind which one number lies, whatever the key; it serves one client after the other. */
final class FakeCounter implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicLong count = new AtomicLong();

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

    /** As if so many clients more had added one, or had not. */
    void shift(long by) {
        count.addAndGet(by);
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
        if (request.contains("INCR")) {
            return ":" + count.incrementAndGet() + "\r\n";
        }
        var value = "" + count;
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
