package dcluster.config;

import dcluster.spi.Membership;
import java.util.regex.Pattern;

/**
 * All that is known about a cluster before it starts: a {@linkplain ClusterFile cluster file} with everything resolved.
 *
 * @param name tells clusters apart on one machine and at each handshake: 1 to 32 letters, digits, {@code -} or {@code
 *     _}, the first a letter or digit
 * @param members nodes and, if there is one, the coordinator, each with all its ports
 * @param balance how the coordinator routes; {@link Balance#LEADER} where there is none
 */
public record ClusterConfig(
        String name,
        AlgorithmChoice algorithm,
        Membership members,
        Storage storage,
        Network network,
        Chaos chaos,
        Balance balance) {
    /** What {@link #isName} demands, for errors. */
    static final String NAME_RULE = "1 to 32 letters, digits, '-' or '_', the first a letter or digit";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

    public ClusterConfig {
        if (!isName(name)) {
            throw new IllegalArgumentException("a cluster's name is " + NAME_RULE + ": '" + name + "'");
        }
        if (members.coordinator().isEmpty() && balance != Balance.LEADER) {
            throw new IllegalArgumentException("balance is for a coordinator, and there is none");
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
