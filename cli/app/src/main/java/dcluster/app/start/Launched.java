package dcluster.app.start;

import dcluster.app.process.LogReader;
import dcluster.app.process.ProcessRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A process that this command launched: the only kind whose exit code it can learn.
 *
 * @param logOffset where in the log its own lines begin
 */
record Launched(ProcessRecord record, Process process, Path log, long logOffset) {
    private static final int TAIL = 15;

    String id() {
        return record.id();
    }

    /** Its exit code, once it has ended. */
    OptionalInt exit() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** The last lines that it printed. */
    List<String> tail() {
        return LogReader.last(TAIL, log, logOffset);
    }
}
