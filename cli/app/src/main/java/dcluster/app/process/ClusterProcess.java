package dcluster.app.process;

import dcluster.app.process.Machine.Running;
import dcluster.spi.Member;
import java.util.Locale;
import java.util.Optional;

/** A member's record and the process that it has now, if it has one. */
public record ClusterProcess(ProcessRecord record, Optional<Running> running) {
    /** What became of a process. */
    public enum State {
        RUNNING,
        /** It was never started, or a command stopped it. */
        STOPPED,
        /** A command killed it. */
        KILLED,
        /** It ended, and no command had asked for that. */
        CRASHED;

        /** As people read it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The flag of the virtual machine with which a launch puts its token into the command line. */
    public static final String TOKEN_FLAG = "-Ddcluster.process=";

    public String id() {
        return record.id();
    }

    public Member member() {
        return record.member();
    }

    public boolean isRunning() {
        return running.isPresent();
    }

    public State state() {
        if (isRunning()) {
            return State.RUNNING;
        }
        return switch (record.expected()) {
            case RUNNING -> State.CRASHED;
            case STOPPED -> State.STOPPED;
            case KILLED -> State.KILLED;
        };
    }

    /**
     * Joins a record with the process that it speaks of. A pid alone proves nothing, for systems give it out again: the
     * process must have begun at the recorded time, or carry the launch's token in its command line. Either will do: a
     * system whose clock is set reckons other start times from then on, and some systems do not show command lines.
     */
    static ClusterProcess find(ProcessRecord record, Machine machine) {
        if (record.token().isEmpty()) {
            return new ClusterProcess(record, Optional.empty());
        }
        if (record.pid() != 0) {
            return new ClusterProcess(record, machine.process(record.pid()).filter(each -> isOf(record, each)));
        }
        return new ClusterProcess(
                record,
                machine.processes().stream()
                        .filter(each -> carriesToken(record, each))
                        .findFirst());
    }

    /** Whether a process is one that {@code dcluster} launched in the background, of whatever cluster. */
    static boolean isLaunched(Running process) {
        return process.commandLine().contains(TOKEN_FLAG);
    }

    private static boolean isOf(ProcessRecord record, Running process) {
        return carriesToken(record, process)
                || (process.startedMillis() != 0 && process.startedMillis() == record.startedMillis());
    }

    private static boolean carriesToken(ProcessRecord record, Running process) {
        return process.commandLine().contains(record.token());
    }
}
