package dcluster.runtime.peer;

import dcluster.spi.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest life of each peer that this node has heard of. A peer's incarnation grows with each start, for it is
 * durable in the peer's folder. So a lower one, or a second process of the same one, runs on a folder that was emptied,
 * replaced by an older copy, or copied: it does not remember what it promised, and is not talked with.
 *
 * <p>Kept in memory: it knows nothing of the time before this node's own start, and a peer that is started anew more
 * often than before its loss passes. What a member remembers of itself apart from its folder closes that gap; this looks
 * from outside at members that have lost both.
 */
final class Lives {
    private final Map<NodeId, Hello> latest = new LinkedHashMap<>();

    /** A handshake was right. */
    void heard(Hello theirs) {
        latest.merge(theirs.sender(), theirs, (old, now) -> now.incarnation() > old.incarnation() ? now : old);
    }

    /** Whether another life was heard of that this one cannot follow. */
    boolean isOver(Hello theirs) {
        return refusal(theirs).isPresent();
    }

    /** Why this life is none to talk with. */
    Optional<String> refusal(Hello theirs) {
        var last = latest.get(theirs.sender());
        if (last == null || theirs.incarnation() > last.incarnation()) {
            return Optional.empty();
        }
        if (theirs.incarnation() < last.incarnation()) {
            return Optional.of(theirs.sender() + " says that it is incarnation " + theirs.incarnation()
                    + ", after incarnation "
                    + last.incarnation() + " was heard of; unless that process has ended by now, its folder was emptied"
                    + " or replaced by an older copy, and with it its promises are forgotten; give it the folder as it"
                    + " was when it last ran");
        }
        return theirs.process() == last.process()
                ? Optional.empty()
                : Optional.of(theirs.sender() + " says that it is incarnation " + theirs.incarnation()
                        + ", and so said another process before; its folder was emptied, copied or replaced by an older"
                        + " copy; let one process run, on the folder as it was when it last ran");
    }
}
