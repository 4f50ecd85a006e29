package dcluster.runtime.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.Executor;

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

    @Override
    public long progress() {
        var unwritten = channel.channel().unsafe().outboundBuffer();
        return unwritten == null ? 0 : unwritten.currentProgress();
    }

    /**
     * A client that closes its sending side may still be waiting for answers, but by default the channel closes with
     * it. The task runs then on the loop, behind all bytes that came before; there are none after it. Vert.x has no
     * option for that, and its handler for events of the channel would keep from it those of its own; so this listens
     * in front of it.
     */
    void whenInputEnds(Executor loop, Runnable task) {
        channel.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addBefore(channel.name(), "end-of-input", new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event == ChannelInputShutdownEvent.INSTANCE) {
                    // There is nothing to be read any more, and a channel that is at its end is always ready for it.
                    pause();
                    loop.execute(task);
                }
                context.fireUserEventTriggered(event);
            }
        });
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
