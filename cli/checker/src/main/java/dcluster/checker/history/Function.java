package dcluster.checker.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operation does. What a value means to it depends on the model; its shape does not. */
public enum Function {
    /** Of the whole object; its result is the value. */
    READ,
    WRITE,
    /** Of a text to a text. */
    APPEND,
    /** Of {@code [from, to]}. */
    CAS,
    /** Of a number to a counter, or of an element to a set. */
    ADD,
    REMOVE,
    ENQUEUE,
    /** Its result is the value; null if the queue was empty. */
    DEQUEUE,
    /** Of an element to the end of a list. */
    PUSH,
    /** A list of micro-operations on several keys. */
    TXN;

    private static final Map<String, Function> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Function::word, UnaryOperator.identity()));

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word for it in a file. */
    public String word() {
        return word;
    }

    /** Whether its result, not its argument, is what it says of the object. */
    public boolean observes() {
        return this == READ || this == DEQUEUE || this == TXN;
    }

    /** Whether it puts an element into what has several. */
    public boolean putsIn() {
        return this == ADD || this == ENQUEUE || this == PUSH;
    }

    static @Nullable Function of(String word) {
        return BY_WORD.get(word);
    }
}
