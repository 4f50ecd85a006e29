package dcluster.app.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One strike, and what a client felt of it.
 *
 * @param leader who led before; empty if that is not known
 * @param pid of its process then; 0 if that is not known
 * @param next who led when the strike was over; empty if that is not known
 * @param millis for how long writes were out; not a number if the strike did not come about, or was not felt to the end
 * @param seen how the client's writes ended, all of them
 * @param troubles what did not go as it should, before the strike, in it, or when its traces were to be seen and removed
 * @param wrong what the client's key holds and cannot hold; empty if all is well
 */
record Felt(
        String leader,
        long pid,
        String next,
        double millis,
        Writer.Seen seen,
        List<String> troubles,
        Optional<String> wrong) {
    Felt {
        troubles = List.copyOf(troubles);
    }

    /** Of a strike that was not even begun. */
    static Felt nothing(String trouble) {
        return new Felt("", 0, "", Double.NaN, new Writer.Seen(0, 0), List.of(trouble), Optional.empty());
    }

    /** After something else has not gone as it should. What was felt stays so. */
    Felt with(String trouble) {
        var all = Stream.concat(troubles.stream(), Stream.of(trouble)).toList();
        return new Felt(leader, pid, next, millis, seen, all, wrong);
    }

    /** Whether it is known for how long writes were out. */
    boolean isKnown() {
        return !Double.isNaN(millis);
    }

    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("leader", leader);
        json.put("pid", pid);
        json.put("next", next);
        json.put("millis", Numbers.rounded(millis));
        json.put("acknowledged", seen.acknowledged());
        json.put("unknown", seen.unknown());
        json.put("troubles", troubles);
        json.put("wrong", wrong.orElse(null));
        return json;
    }
}
