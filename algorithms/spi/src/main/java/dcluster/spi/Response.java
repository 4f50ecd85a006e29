package dcluster.spi;

/**
 * How a request ended. The three outcomes of experiments stay apart end to end: it happened ({@link Ok}), it certainly
 * did not ({@link Failed}), or it may or may not have, now or later ({@link Unknown}). Nothing may turn an unknown into
 * a failure or into a silent retry.
 */
public sealed interface Response {
    /** It took effect, durably as far as the algorithm claims, and this is what it found. */
    record Ok(Result result) implements Response {}

    /** It had no effect and never will. The message is a lowercase sentence for people. */
    record Failed(Reason reason, String message) implements Response {}

    /** It may have taken effect, may yet do so, or never. The message is a lowercase sentence for people. */
    record Unknown(String message) implements Response {}

    /** Nothing was done here; ask that node. What this means to the client is decided around the algorithm. */
    record Redirect(NodeId to) implements Response {}

    /** Why a request certainly had no effect. */
    enum Reason {
        /** The key holds a value of another kind. */
        WRONG_TYPE,
        /** An increment met a text that is not a decimal number. */
        NOT_A_NUMBER,
        /** An increment would leave the range of a {@code long}. */
        OUT_OF_RANGE,
        /** This algorithm does not serve such a command, at all or as configured. */
        UNSUPPORTED,
        /** It cannot be served now, for example while no leader is known; asking again may help. */
        UNAVAILABLE,
        /** A bound was reached, on requests in flight or on stored data; asking again later may help. */
        OVERLOADED,
        /**
         * A transaction was given up, as it lost against another one or a node that it needs did not say yes; asking
         * again may help.
         */
        ABORTED
    }
}
