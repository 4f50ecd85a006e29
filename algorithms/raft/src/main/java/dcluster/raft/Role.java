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
 *
 *   +------------+  has learnt from a majority without itself how far promises went, and
 *   | RECOVERING |  holds what their leader held then: becomes a FOLLOWER (see Recovery)
 *   +------------+
 * }</pre>
 */
enum Role {
    RECOVERING,
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
