package dcluster.app.client;

import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All values that a key holds, be they none, one or several that were written concurrently.
 *
 * @param context what replaces just these when it is sent with their merge; opaque
 */
public record Siblings(Bytes context, List<Bytes> values) {
    public Siblings {
        values = List.copyOf(values);
    }

    /** Those that a reply to {@code SIBLINGS key} tells of; empty if it is another reply. */
    public static Optional<Siblings> of(Reply reply) {
        if (!(reply instanceof Reply.Many many) || many.elements().isEmpty()) {
            return Optional.empty();
        }
        var texts = new ArrayList<Bytes>();
        for (var element : many.elements()) {
            if (!(element instanceof Reply.Bulk bulk)) {
                return Optional.empty();
            }
            texts.add(bulk.content());
        }
        return Optional.of(new Siblings(texts.get(0), texts.subList(1, texts.size())));
    }
}
