package dcluster.app.terminal;

import java.util.Map;

/**
 * Whether a person sits at each of the three standard streams, and whether to colour what they see.
 *
 * @param input whether questions can be asked
 * @param output whether data is read by a person
 * @param error whether progress is watched by a person
 * @param colours whether the streams that a person watches may be coloured: not if {@code NO_COLOR} is set or {@code
 *     TERM} is {@code dumb}
 */
public record Terminal(boolean input, boolean output, boolean error, boolean colours) {
    /**
     * The system property in which {@code bin/dcluster} names the descriptors that are terminals, as {@code 012}.
     * Without it there are none: Java 17 cannot tell input from output, and later versions call anything a console.
     */
    public static final String PROPERTY = "dcluster.terminal";

    /** No person anywhere. */
    public static final Terminal NONE = new Terminal(false, false, false, false);

    /** What this process was started with. */
    public static Terminal detect() {
        return of(System.getProperty(PROPERTY, ""), System.getenv());
    }

    static Terminal of(String descriptors, Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(descriptors.contains("0"), descriptors.contains("1"), descriptors.contains("2"), !plain);
    }

    /** A text in a style, if the standard output is to be coloured. */
    public String style(Style style, String text) {
        return output && colours ? style.apply(text) : text;
    }

    /** A text in a style, if the standard error is to be coloured. */
    public String styleError(Style style, String text) {
        return error && colours ? style.apply(text) : text;
    }

    /** The few ways in which text stands out. */
    public enum Style {
        BOLD("1"),
        FAINT("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        private String apply(String text) {
            return "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    }
}
