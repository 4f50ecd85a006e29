package dcluster.checker.session;

/** What a store may promise to each session (Terry et al. 1994). */
public enum Guarantee {
    READ_YOUR_WRITES("read your writes", "wrote", "read"),
    MONOTONIC_READS("monotonic reads", "read", "read"),
    MONOTONIC_WRITES("monotonic writes", "wrote", "wrote"),
    WRITES_FOLLOW_READS("writes follow reads", "read", "wrote");

    private final String word;
    private final String first;
    private final String second;

    Guarantee(String word, String first, String second) {
        this.word = word;
        this.first = first;
        this.second = second;
    }

    /** Its name in the literature. */
    public String word() {
        return word;
    }

    /** What the earlier of two operations of a session did that are ordered by it. */
    String first() {
        return first;
    }

    /** What the later one did. */
    String second() {
        return second;
    }
}
