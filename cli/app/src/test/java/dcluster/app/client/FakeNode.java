package dcluster.app.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Takes one connection, reads a little, answers these bytes and closes. */
public final class FakeNode implements AutoCloseable {
    private final ServerSocket server;
    private final CompletableFuture<String> request;

    public FakeNode(String answer) {
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        request = CompletableFuture.supplyAsync(() -> serve(answer), task -> new Thread(task, "fake node").start());
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What it was asked. */
    public String request() {
        return request.join();
    }

    private String serve(String answer) {
        try (var socket = server.accept()) {
            var buffer = new byte[4096];
            int length = socket.getInputStream().read(buffer);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
