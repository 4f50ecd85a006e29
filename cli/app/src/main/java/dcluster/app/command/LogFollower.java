package dcluster.app.command;

import dcluster.app.process.ClusterFolder;
import dcluster.app.process.LogReader;
import dcluster.app.terminal.Terminal.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the logs of several processes as they grow, each line with the name of its process if there are several. */
final class LogFollower {
    private final Session session;
    private final Map<String, LogReader> readers = new LinkedHashMap<>();

    /** Of these processes, whatever is written from now on. */
    LogFollower(Session session, ClusterFolder folder, List<String> ids) {
        this.session = session;
        ids.forEach(id -> {
            var log = folder.log(id);
            readers.put(id, new LogReader(log, LogReader.size(log)));
        });
    }

    /** Prints what was written since the last time; whether there was anything. */
    boolean printNew() {
        boolean any = false;
        for (var entry : readers.entrySet()) {
            for (var lines = entry.getValue().next();
                    !lines.isEmpty();
                    lines = entry.getValue().next()) {
                lines.forEach(line -> print(entry.getKey(), line));
                any = true;
            }
        }
        session.out().flush();
        return any;
    }

    /** Prints a line of a process. */
    void print(String id, String line) {
        var prefix = readers.size() == 1 ? "" : session.terminal().style(Style.CYAN, id + " | ");
        session.out().println(prefix + line);
    }
}
