package dcluster.runtime.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * A wire over TCP. Pausing goes past Vert.x to the channel: a paused {@link NetSocket} reads on until two dozen buffers
 * of up to 64 KiB are queued, which with ten thousand paused clients would be gigabytes; the channel stops at the next
 * read.
 */
final class SocketWire implements Wire {
    private final NetSocket socket;
    private final ChannelHandlerContext channel;

    SocketWire(NetSocket socket) {
        this.socket = socket;
        channel = ((NetSocketInternal) socket).channelHandlerContext();
    }

    @Override
    public void write(Buffer bytes, Runnable whenGone) {
        socket.write(bytes).onComplete(written -> whenGone.run());
    }

    @Override
    public void pause() {
        channel.channel().config().setAutoRead(false);
    }

    @Override
    public void resume() {
        channel.channel().config().setAutoRead(true);
    }

    /**
     * The socket's own close() first writes what is waiting: towards a client that does not read that is for ever, and
     * would leak the connection with all it was owed. So the channel below is closed.
     */
    @Override
    public void close() {
        var unused = channel.close();
    }
}
