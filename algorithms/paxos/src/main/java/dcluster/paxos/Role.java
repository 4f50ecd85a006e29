package dcluster.paxos;

import java.util.Locale;

/**
 * What a replica's proposer does.
 *
 * <pre>{@code
 *                hears no leader          others hear          a quorum of phase 1 has
 *                for a timeout            none either          promised, all that is chosen is known
 *   +----------+            +-----------+            +-----------+             +--------+
 *   | FOLLOWER |----------->| SUSPICIOUS|----------->| PREPARING |------------>| LEADER |
 *   +----------+            +-----------+            +-----------+             +--------+
 *        ^                        |                     |                         |
 *        +------------------------+---------------------+-------------------------+
 *          hears of a higher ballot, or (preparing) waits too long, or (a leader) hears no quorum of phase 2
 * }</pre>
 */
enum Role {
    FOLLOWER,
    SUSPICIOUS,
    PREPARING,
    LEADER;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word for people. */
    String word() {
        return word;
    }
}
