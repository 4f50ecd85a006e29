package dcluster.runtime.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.codec.Frames;
import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;

/** A peer that is driven by hand, over plain sockets: it does what no transport would do. */
final class FakePeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    final NodeId self;
    private final Membership members;
    private final ServerSocket server;

    /** What we dialled: we send on it. */
    Socket out = new Socket();

    /** What we accepted: we read it. */
    Socket in = new Socket();

    FakePeer(Membership members, NodeId self) throws IOException {
        this.members = members;
        this.self = self;
        server = new ServerSocket(member(self).peerPort(), 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    private Member member(NodeId id) {
        return members.member(id).orElseThrow();
    }

    Hello hello(NodeId to, long incarnation) {
        return new Hello(
                Hello.VERSION, "blue", self, incarnation, 0, to, "echo", new EnvelopeCodec<>(Note.class).fingerprint());
    }

    /** Opens both directions with a transport. */
    void pair(NodeId with, long incarnation) throws IOException {
        out.close();
        in.close();
        out = dial(with, hello(with, incarnation));
        assertThat(readFrame(out).readByte()).isEqualTo((byte) FrameKind.WELCOME);
        in = accept();
        write(in, frame(body -> hello(with, incarnation).write(FrameKind.WELCOME, body)));
    }

    Socket dial(NodeId to, Hello hello) throws IOException {
        var socket = connect(to);
        write(socket, frame(body -> hello.write(FrameKind.HELLO, body)));
        return socket;
    }

    Socket connect(NodeId to) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), member(to).peerPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Waits until the transport dials, and reads its handshake. */
    Socket accept() throws IOException {
        var socket = server.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        assertThat(readFrame(socket).readByte()).isEqualTo((byte) FrameKind.HELLO);
        return socket;
    }

    void send(Envelope<Note> envelope) throws IOException {
        write(out, frame(body -> new EnvelopeCodec<>(Note.class).encode(envelope, body)));
    }

    static byte[] frame(Consumer<ByteWriter> body) {
        var out = new ByteWriter(64);
        int start = Frames.begin(out);
        body.accept(out);
        Frames.end(out, start);
        return out.toArray();
    }

    static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    static ByteReader readFrame(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var body = new byte[in.readInt()];
        in.readInt();
        in.readFully(body);
        return new ByteReader(body);
    }

    /** Whether the other side closes it, after whatever it still sends; fails if it stays open. */
    static boolean endsBy(Socket socket) throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        in.close();
        server.close();
    }
}
