package dcluster.app.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the operating system tells. On Linux {@code /proc} is asked too: it knows whole command lines, of which {@code
 * ProcessHandle} reads only one page, and it tells a zombie, which {@code ProcessHandle} takes for alive; nodes become
 * zombies when the process with pid 1, which inherits them, does not collect its children, as in many containers.
 */
public final class LocalMachine implements Machine {
    private static final Path PROC = Path.of("/proc");

    @Override
    public Optional<Running> process(long pid) {
        return ProcessHandle.of(pid).flatMap(LocalMachine::running);
    }

    @Override
    public List<Running> processes() {
        return ProcessHandle.allProcesses()
                .map(LocalMachine::running)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void terminate(Running process) {
        handle(process).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public void kill(Running process) {
        handle(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static Optional<ProcessHandle> handle(Running process) {
        return ProcessHandle.of(process.pid()).filter(handle -> startedMillis(handle) == process.startedMillis());
    }

    private static Optional<Running> running(ProcessHandle handle) {
        if (!handle.isAlive() || isZombie(handle.pid())) {
            return Optional.empty();
        }
        return Optional.of(new Running(handle.pid(), startedMillis(handle), commandLine(handle)));
    }

    private static long startedMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean isZombie(long pid) {
        return isZombie(read(pid, "stat"));
    }

    /**
     * Whether a process of that {@code stat} is a zombie as a whole. Behind the name of the program, which stands in
     * brackets and may hold anything, come the state and, in the eighteenth place, the count of threads. The state is
     * the first thread's alone: after a kill it may be a zombie while others still hold the process's files and ports.
     */
    static boolean isZombie(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 19);
        return fields.length > 17 && "ZX".contains(fields[0]) && Integer.parseInt(fields[17]) <= 1;
    }

    private static String commandLine(ProcessHandle handle) {
        var whole = read(handle.pid(), "cmdline").replace('\0', ' ').strip();
        return whole.isEmpty() ? handle.info().commandLine().orElse("") : whole;
    }

    /** Empty where there is no such file, as on other systems. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
