package dcluster.runtime.peer;

import dcluster.host.Clocks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warnings about what others do, which they might do all day long: of each kind one in {@link #PAUSE_SECONDS} is logged
 * as a warning, the others at debug level.
 */
final class Complaints {
    static final long PAUSE_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(PeerTransport.class);
    private static final int MOST_KINDS = 64;

    private final Clocks clocks;

    /** When each kind was last warned of, the oldest first. */
    private final Map<String, Long> warned = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_KINDS;
        }
    };

    Complaints(Clocks clocks) {
        this.clocks = clocks;
    }

    /** Two complaints are of one kind if their kinds are equal, whatever their texts. */
    void warn(String kind, String text) {
        long now = clocks.nowNanos();
        var last = warned.get(kind);
        if (last != null && now - last < PAUSE_SECONDS * 1_000_000_000L) {
            LOG.debug("{}", text);
            return;
        }
        warned.remove(kind);
        warned.put(kind, now);
        LOG.warn("{}", text);
    }
}
