package dcluster.app.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Processes that exist in a test only. Those that are stubborn do not end because they are asked to. */
final class FakeMachine implements Machine {
    final Map<Long, Running> running = new LinkedHashMap<>();
    final List<Long> stubborn = new ArrayList<>();
    final List<String> signals = new ArrayList<>();

    FakeMachine with(long pid, long startedMillis, String commandLine) {
        running.put(pid, new Running(pid, startedMillis, commandLine));
        return this;
    }

    @Override
    public Optional<Running> process(long pid) {
        return Optional.ofNullable(running.get(pid));
    }

    @Override
    public List<Running> processes() {
        return List.copyOf(running.values());
    }

    @Override
    public void terminate(Running process) {
        signals.add("term " + process.pid());
        if (!stubborn.contains(process.pid())) {
            running.remove(process.pid());
        }
    }

    @Override
    public void kill(Running process) {
        signals.add("kill " + process.pid());
        running.remove(process.pid());
    }
}
