package dcluster.runtime.gateway;

import dcluster.spi.Result;

/** Turns the result of a command into a reply. */
interface Rendering {
    /** Writes it; throws IllegalStateException if the command that was carried out does not answer such a result. */
    void write(Result result, RespWriter to);
}
