package dcluster.app.terminal;

import java.util.Locale;

/** How a command prints its data. */
public enum Format {
    /** For people. */
    TABLE,
    /** One JSON value. */
    JSON,
    /** One JSON object a line. */
    NDJSON;

    /** As the command line spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
