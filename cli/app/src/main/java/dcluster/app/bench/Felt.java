package dcluster.app.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One strike, and what a client felt of it.
 *
 * @param leader who led before
 * @param pid of its process then
 * @param next who led afterwards; empty if that is not known
 * @param seen what the client has seen, from the strike on as far as times go
 * @param trouble why the strike did not come about, or what of it is not known; empty if all went as it should
 * @param lost what was acknowledged and is not there; empty if all is
 */
record Felt(
        Strike strike,
        String leader,
        long pid,
        String next,
        Writer.Seen seen,
        Optional<String> trouble,
        Optional<String> lost) {
    /** For how long writes were out; not a number if the strike did not come about. */
    double millis() {
        return trouble.isPresent() ? Double.NaN : seen.longestMillis();
    }

    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("leader", leader);
        json.put("pid", pid);
        json.put("next", next);
        json.put("millis", Numbers.rounded(millis()));
        json.put("acknowledged", seen.acknowledged());
        json.put("unknown", seen.unknown());
        json.put("trouble", trouble.orElse(null));
        json.put("lost", lost.orElse(null));
        return json;
    }
}
