package dcluster.journal;

import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose journal a folder holds. A folder is opened only by its equal in every component.
 *
 * @param cluster the cluster's name, on one line
 * @param algorithm the algorithm's name, on one line
 * @param records the fingerprint of the schema of its journal records
 * @param format the version of this package's file layout
 */
public record Identity(String cluster, NodeId node, String algorithm, long records, int format) {
    /** The layout that this version writes, and the only one that it reads. */
    public static final int FORMAT = 1;

    private static final int MAX_NAME_LENGTH = 255;

    public Identity {
        requireLine("cluster", cluster);
        requireLine("algorithm", algorithm);
    }

    /** With the {@linkplain #FORMAT current format}. */
    public Identity(String cluster, NodeId node, String algorithm, long records) {
        this(cluster, node, algorithm, records, FORMAT);
    }

    /** The names of the components in which the other differs. */
    List<String> differences(Identity other) {
        var names = new ArrayList<String>();
        addIf(!cluster.equals(other.cluster), "cluster", names);
        addIf(!node.equals(other.node), "node", names);
        addIf(!algorithm.equals(other.algorithm), "algorithm", names);
        addIf(records != other.records, "records", names);
        addIf(format != other.format, "format", names);
        return names;
    }

    /** Tells the files of one folder from those of another: FNV-1a over all components. */
    long hash() {
        long hash = 0xcbf29ce484222325L;
        String all = toString();
        for (int i = 0; i < all.length(); i++) {
            hash = (hash ^ all.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** For messages and the hash alike: each component with its name. */
    @Override
    public String toString() {
        return "cluster=" + cluster + " node=" + node + " algorithm=" + algorithm + " records="
                + Long.toHexString(records) + " format=" + format;
    }

    private static void addIf(boolean differs, String name, List<String> names) {
        if (differs) {
            names.add(name);
        }
    }

    private static void requireLine(String name, String value) {
        boolean line =
                !value.isBlank() && value.strip().equals(value) && value.lines().count() == 1;
        if (!line || value.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    name + ": a name is one line of at most " + MAX_NAME_LENGTH + " characters: '" + value + "'");
        }
    }
}
