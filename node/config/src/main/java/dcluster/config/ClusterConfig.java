package dcluster.config;

import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Membership;
import java.util.regex.Pattern;

/**
 * All that is known about a cluster before it starts: a {@linkplain ClusterFile cluster file} with everything resolved.
 *
 * @param name tells clusters apart on one machine and at each handshake: 1 to 32 letters, digits, {@code -} or {@code
 *     _}, the first a letter or digit
 * @param id tells clusters of one name apart at each handshake and in each folder: 1 to 32 letters and digits, drawn
 *     when {@code dcluster start} makes a cluster; empty for one that is run by hand and has none
 * @param members nodes and, if there is one, the coordinator, each with all its ports
 * @param balance how the coordinator routes; {@link Balance#LEADER} where there is none, or one that runs the algorithm
 */
public record ClusterConfig(
        String name,
        String id,
        AlgorithmChoice algorithm,
        Membership members,
        Storage storage,
        Network network,
        Chaos chaos,
        Mutants mutants,
        Balance balance) {
    /** What {@link #isName} demands, for errors. */
    static final String NAME_RULE = "1 to 32 letters, digits, '-' or '_', the first a letter or digit";

    /** What {@link #isId} demands, for errors. */
    static final String ID_RULE = "1 to 32 letters and digits";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");

    public ClusterConfig {
        if (!id.isEmpty() && !isId(id)) {
            throw new IllegalArgumentException("a cluster's id is " + ID_RULE + ": '" + id + "'");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException("a cluster's name is " + NAME_RULE + ": '" + name + "'");
        }
        if (algorithm.hasCoordinator() && members.coordinator().isEmpty()) {
            throw new IllegalArgumentException(algorithm.name() + " needs a coordinator, and there is none");
        }
        boolean routes = members.coordinator().isPresent() && !algorithm.hasCoordinator();
        if (!routes && balance != Balance.LEADER) {
            throw new IllegalArgumentException("balance is for a coordinator that routes, and there is none");
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Refuses to let a cluster that is stopped go on as this one, on the data that its nodes have.
     *
     * @param before what it was so far
     * @throws IllegalArgumentException if its algorithm could not; the message says what would be right
     */
    public void checkChange(ClusterConfig before) {
        var name = algorithm.name();
        if (!before.algorithm.name().equals(name)) {
            throw new IllegalArgumentException("its data is that of " + before.algorithm.name() + ", and a cluster of "
                    + name + " cannot go on with it; -N with a new name makes one beside it");
        }
        checkChange(algorithm.provider(), before, this);
    }

    private static <C extends Record> void checkChange(
            AlgorithmProvider<?, ?, ?, C> provider, ClusterConfig before, ClusterConfig after) {
        var type = provider.configType();
        provider.checkChange(
                type.cast(before.algorithm.options()),
                before.members,
                type.cast(after.algorithm.options()),
                after.members);
    }

    /** The same cluster with another id. */
    public ClusterConfig withId(String other) {
        return new ClusterConfig(name, other, algorithm, members, storage, network, chaos, mutants, balance);
    }

    /** Name and id: what two members must have in common, and a folder with its member. */
    public String fullName() {
        return id.isEmpty() ? name : name + "/" + id;
    }
}
