package dcluster.app.client;

import dcluster.spi.Bytes;
import java.util.List;

/** An answer in RESP, version 2 of the Redis protocol. */
public sealed interface Reply {
    /** A simple string, as {@code OK}. */
    record Simple(String text) implements Reply {}

    /** An error; its first word tells the kind. */
    record ErrorLine(String text) implements Reply {
        public String kind() {
            return text.split(" ", 2)[0];
        }

        /** What follows the kind. */
        public String message() {
            int blank = text.indexOf(' ');
            return blank < 0 ? text : text.substring(blank + 1);
        }

        /** Whether one value was asked for of a key that holds several; {@link Siblings} are all of them. */
        public boolean isOfSiblings() {
            return kind().equals("SIBLINGS");
        }
    }

    /** An integer. */
    record Whole(long value) implements Reply {}

    /** A string of any bytes. */
    record Bulk(Bytes content) implements Reply {}

    /** A null bulk string or a null array. */
    record Nil() implements Reply {}

    record Many(List<Reply> elements) implements Reply {
        public Many {
            elements = List.copyOf(elements);
        }
    }
}
