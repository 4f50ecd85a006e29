package dcluster.runtime.admin;

/**
 * Why a node does not serve.
 *
 * @param reason a sentence without end, for people
 * @param refused whether its peers refuse it: then waiting does not help
 */
public record Unready(String reason, boolean refused) {
    /** What passes by itself. */
    public static Unready forNow(String reason) {
        return new Unready(reason, false);
    }
}
