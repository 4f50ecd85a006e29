package dcluster.app.bench;

import dcluster.app.client.Reply;

/** How a request of a benchmark ended. */
enum Ending {
    COMMITTED,
    /** It lost against others, and nothing of it happened. */
    ABORTED,
    /** It was not served, and nothing of it happened. */
    REFUSED,
    UNKNOWN;

    static Ending of(Reply reply) {
        if (!(reply instanceof Reply.ErrorLine error)) {
            return COMMITTED;
        }
        return switch (error.kind()) {
            case "ABORTED" -> ABORTED;
            case "UNKNOWN" -> UNKNOWN;
            default -> REFUSED;
        };
    }
}
