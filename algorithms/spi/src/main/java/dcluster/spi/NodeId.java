package dcluster.spi;

import java.util.regex.Pattern;

/**
 * The name of a process that runs an algorithm, unique within its cluster: letters, digits, {@code -} and {@code _}.
 */
public record NodeId(String name) implements Comparable<NodeId> {
    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 32;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0," + (MAX_LENGTH - 1) + "}");

    public NodeId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a node's name has 1 to " + MAX_LENGTH
                    + " letters, digits, '-' or '_' and starts with a letter or digit: '" + name + "'");
        }
    }

    /** By name, digits by their value, so that {@code n2} stands before {@code n10}. */
    @Override
    public int compareTo(NodeId other) {
        int byLength =
                digitsStart(name) == digitsStart(other.name) && name.regionMatches(0, other.name, 0, digitsStart(name))
                        ? Integer.compare(name.length(), other.name.length())
                        : 0;
        return byLength != 0 ? byLength : name.compareTo(other.name);
    }

    private static int digitsStart(String name) {
        int start = name.length();
        while (start > 0 && Character.isDigit(name.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    @Override
    public String toString() {
        return name;
    }
}
