package dcluster.app.client;

import dcluster.spi.Bytes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A client's connection to a node: one request after the other, each waiting for its reply. One thread.
 */
public final class RespConnection implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final RespReader in;

    private RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 8192);
        this.in = new RespReader(new BufferedInputStream(socket.getInputStream(), 8192));
    }

    /**
     * Connects.
     *
     * @param patience how long to wait for the connection, and later for each reply
     * @throws IOException if that is not possible; nothing was done then
     */
    public static RespConnection open(String host, int port, Duration patience) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SocketTimeout.millis(patience));
            socket.connect(new InetSocketAddress(host, port), SocketTimeout.millis(patience));
            return new RespConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @throws IOException if the reply does not come; the request may have been carried out, and the connection is of
     *     no further use
     */
    public Reply call(List<Bytes> request) throws IOException {
        out.write(("*" + request.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (var argument : request) {
            out.write(("$" + argument.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(argument.toArray());
            out.write('\r');
            out.write('\n');
        }
        out.flush();
        return in.read();
    }

    /** As {@link #call(List)}, of texts. */
    public Reply call(String... request) throws IOException {
        return call(List.of(request).stream().map(Bytes::utf8).toList());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing was left to send.
        }
    }
}
