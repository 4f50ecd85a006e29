package dcluster.raft;

import java.util.Locale;

/**
 * What a replica is (figure 4, with the pre-candidate of the thesis, section 9.6).
 *
 * <pre>{@code
 *                 times out               a majority would           a majority
 *                                         vote for it                voted for it
 *   +----------+            +---------------+          +-----------+             +--------+
 *   | FOLLOWER |----------->| PRE_CANDIDATE |--------->| CANDIDATE |------------>| LEADER |
 *   +----------+            +---------------+          +-----------+             +--------+
 *        ^                     |    ^                     |     |                    |
 *        |                     |    +---------------------+     |                    |
 *        |                     |          times out             |                    |
 *        +---------------------+--------------------------------+--------------------+
 *             hears a leader of its term, or of a higher term, or (a leader) no majority
 * }</pre>
 */
enum Role {
    FOLLOWER,
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word for people. */
    String word() {
        return word;
    }
}
