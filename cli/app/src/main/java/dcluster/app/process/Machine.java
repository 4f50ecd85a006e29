package dcluster.app.process;

import java.util.List;
import java.util.Optional;

/** The processes of this machine, behind an interface so that tests can make up their own. */
public interface Machine {
    /**
     * A process that runs now.
     *
     * @param startedMillis when it began, since 1970; 0 if the system does not tell
     * @param commandLine its command with arguments; empty if the system does not tell
     */
    record Running(long pid, long startedMillis, String commandLine) {}

    /** The process of that pid; empty if there is none, or only what a dead one left to be collected. */
    Optional<Running> process(long pid);

    /** All processes that run. */
    List<Running> processes();

    /**
     * Asks a process to end; returns at once. One that has ended, or whose pid another process has by now, is left
     * alone.
     */
    void terminate(Running process);

    /** Ends a process as kill -9 does; returns at once. */
    void kill(Running process);
}
