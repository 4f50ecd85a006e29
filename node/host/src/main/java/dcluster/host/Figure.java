package dcluster.host;

import java.util.function.LongSupplier;

/** Something that is counted, for people who watch a member; {@code help} is a sentence that says what. */
public sealed interface Figure {
    String help();

    /** A number that only grows while the process lives; to be read on the loop. */
    record Count(String help, LongSupplier value) implements Figure {}

    /** How large each of many was. */
    record Spread(String help, Distribution values) implements Figure {}
}
