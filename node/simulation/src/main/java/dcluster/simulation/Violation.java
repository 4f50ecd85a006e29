package dcluster.simulation;

import org.jspecify.annotations.Nullable;

/** Something that must never happen has happened in a run: the run ends there. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String property;
    private final String what;

    public Violation(String property, String what) {
        this(property, what, null);
    }

    Violation(String property, String what, @Nullable Throwable cause) {
        super(property + ": " + what, cause);
        this.property = property;
        this.what = what;
    }

    /** The name of what is violated, as its paper has it. */
    public String property() {
        return property;
    }

    /** What happened, in a sentence. */
    public String what() {
        return what;
    }
}
