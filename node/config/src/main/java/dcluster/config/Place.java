package dcluster.config;

import java.util.Comparator;

/**
 * What an error points at: a character of a file, with line and column from 1, or the whole of something that has no
 * lines, where both are 0.
 *
 * @param flag whether that is a flag of the command line with its value
 */
public record Place(String source, int line, int column, boolean flag) implements Comparable<Place> {
    /** Of YAML that was made to be written. */
    static final Place NOWHERE = whole("nowhere");

    private static final Comparator<Place> ORDER = Comparator.<Place>comparingInt(place -> place.line == 0 ? 1 : 0)
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column);

    Place(String source, int line, int column) {
        this(source, line, column, false);
    }

    static Place whole(String source) {
        return new Place(source, 0, 0);
    }

    static Place flag(String flag) {
        return new Place(flag, 0, 0, true);
    }

    /** In the order of the file; what has no lines comes after it. */
    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
