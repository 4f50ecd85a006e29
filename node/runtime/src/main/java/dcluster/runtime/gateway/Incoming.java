package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import java.util.List;

/** What a parser finds in a client's bytes. */
sealed interface Incoming {
    /** A request: its words, at least one, and what they weigh in bytes. */
    record Request(List<Bytes> words, int bytes) implements Incoming {}

    /**
     * A request that broke a bound: its bytes were passed over, the next request can be read. The error is a whole
     * line.
     */
    record Refused(String error) implements Incoming {}

    /** Bytes that are no request, and nothing behind them can be told apart. The error is a whole line. */
    record Broken(String error) implements Incoming {}
}
