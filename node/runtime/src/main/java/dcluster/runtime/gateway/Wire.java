package dcluster.runtime.gateway;

import io.vertx.core.buffer.Buffer;

/** The socket of one client, as far as its connection needs it. On the loop only. */
interface Wire {
    /** Sends bytes; the task runs once the system took them, or once the socket is closed. */
    void write(Buffer bytes, Runnable whenGone);

    /** No bytes come any more until {@link #resume}; those that were read already may. */
    void pause();

    void resume();

    /** A figure that changes whenever the system takes bytes of what is being written. */
    long progress();

    /** Closes the socket now; what was not sent is lost. */
    void close();
}
