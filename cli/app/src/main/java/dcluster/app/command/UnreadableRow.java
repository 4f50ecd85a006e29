package dcluster.app.command;

import dcluster.app.process.Cluster;
import dcluster.app.process.Machine.Running;
import dcluster.app.process.Unreadable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the list of a cluster's processes shows in place of one whose record cannot be read. */
final class UnreadableRow {
    private UnreadableRow() {}

    /** Keys as those of a process, as far as they are known, and the place of the file. */
    static Map<String, @Nullable Object> of(Cluster cluster, Unreadable unreadable) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("cluster", cluster.name());
        row.put("node", unreadable.id().isEmpty() ? null : unreadable.id());
        row.put("state", Unreadable.STATE);
        row.put(
                "pid",
                cluster.strays(unreadable).stream()
                        .findFirst()
                        .map(Running::pid)
                        .orElse(null));
        row.put("folder", cluster.folder().path().toString());
        row.put("file", unreadable.file().toString());
        return row;
    }
}
