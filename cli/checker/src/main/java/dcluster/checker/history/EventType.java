package dcluster.checker.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a line of a history says of an operation. */
public enum EventType {
    INVOKE,
    OK,
    FAIL,
    INFO;

    /** The word for it in a file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable EventType of(String word) {
        return switch (word) {
            case "invoke" -> INVOKE;
            case "ok" -> OK;
            case "fail" -> FAIL;
            case "info" -> INFO;
            default -> null;
        };
    }
}
