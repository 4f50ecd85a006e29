package dcluster.app.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Gives these answers, one for each piece that it reads, to one client after the other; then it closes. */
public final class FakeNode implements AutoCloseable {
    private final ServerSocket server;
    private final CompletableFuture<List<String>> requests;

    public FakeNode(String... answers) {
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requests = CompletableFuture.supplyAsync(
                () -> serve(new ArrayDeque<>(List.of(answers))), task -> new Thread(task, "fake node").start());
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What it was asked first. */
    public String request() {
        return requests().get(0);
    }

    /** All that it was asked. It takes no client any more. */
    public List<String> requests() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requests.join();
    }

    private List<String> serve(Queue<String> answers) {
        var asked = new ArrayList<String>();
        while (!answers.isEmpty()) {
            try (var socket = server.accept()) {
                serve(socket, answers, asked);
            } catch (IOException e) {
                // The test is through with it, or its client is.
                return asked;
            }
        }
        return asked;
    }

    private static void serve(Socket socket, Queue<String> answers, List<String> asked) throws IOException {
        var buffer = new byte[4096];
        while (!answers.isEmpty()) {
            int length = socket.getInputStream().read(buffer);
            if (length < 0) {
                return;
            }
            asked.add(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(answers.remove().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
