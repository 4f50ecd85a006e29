package dcluster.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used. The message is for people: a line for each problem, in the order of the file,
 * each beginning with its place, which is {@code file:line:column: }, or the flag if the command line is at fault, or
 * the file alone if it could not be read at all. After {@value #SHOWN} problems the rest are counted. It has no stack
 * trace.
 */
public final class ConfigException extends RuntimeException {
    /** How many problems a message tells. */
    static final int SHOWN = 10;

    private final transient List<Problem> problems;

    ConfigException(List<Problem> problems) {
        // Where it was found in this code tells nobody anything, and a file may hold a hundred thousand problems.
        super(message(problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    ConfigException(Place place, String message) {
        this(List.of(new Problem(place, message)));
    }

    /** Whether the command line alone is at fault: all problems lie in its flags, none in a file. */
    public boolean isUsage() {
        return problems.stream().allMatch(problem -> problem.place().flag());
    }

    List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        var lines = problems.stream()
                .sorted(Comparator.comparing(Problem::place))
                .map(Problem::toString)
                .distinct()
                .toList();
        var shown = lines.stream().limit(SHOWN).collect(Collectors.joining("\n"));
        return lines.size() <= SHOWN ? shown : shown + "\n... and " + (lines.size() - SHOWN) + " more";
    }
}
