package dcluster.app.processes;

/**
 * A write that a client sent, and how it ended for the client.
 *
 * @param value unique among all writes; of an increment, which has none, its answer or ""
 */
record Write(Kind kind, String key, String value, Ending ending) {
    enum Kind {
        APPEND,
        INCREMENT,
        PUT
    }

    enum Ending {
        /** It happened. */
        ACKNOWLEDGED,
        /** It may have happened, or may yet. */
        UNKNOWN,
        /** It did not happen and never will. */
        FAILED
    }

    boolean isAcknowledged() {
        return ending == Ending.ACKNOWLEDGED;
    }

    boolean isUnknown() {
        return ending == Ending.UNKNOWN;
    }
}
