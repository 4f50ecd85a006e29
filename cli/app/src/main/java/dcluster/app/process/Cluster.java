package dcluster.app.process;

import dcluster.app.process.Machine.Running;
import dcluster.app.process.ProcessRecord.Expected;
import dcluster.spi.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A cluster of this machine and the processes that it has now. Asks the operating system anew at each call. */
public record Cluster(ClusterFolder folder, Machine machine) {
    public String name() {
        return folder.name();
    }

    /** Of all members, nodes by id and the coordinator last. */
    public List<ClusterProcess> processes() {
        return folder.records().stream()
                .map(record -> ClusterProcess.find(record, machine))
                .toList();
    }

    /** Those that run. */
    public List<ClusterProcess> running() {
        return processes().stream().filter(ClusterProcess::isRunning).toList();
    }

    public boolean isRunning() {
        return !running().isEmpty() || (!unreadable().isEmpty() && !strays().isEmpty());
    }

    /** What should tell of processes and does not. */
    public List<Unreadable> unreadable() {
        return folder.unreadable();
    }

    /**
     * Processes that were launched for this cluster and that no record speaks of, because it is lost or unreadable:
     * their command lines tell. Looks at all processes of the machine; while another command launches one, that may seem
     * to be one.
     */
    public List<Running> strays() {
        var known = running(running());
        return machine.processes().stream()
                .filter(each -> ClusterProcess.isLaunched(each)
                        && has(each, "-c", folder.config())
                        && known.stream().noneMatch(other -> other.pid() == each.pid()))
                .toList();
    }

    /** Those strays that a file which cannot be read should speak of. */
    public List<Running> strays(Unreadable file) {
        return strays().stream()
                .filter(each -> file.id().isEmpty() || has(each, "--data", folder.data(file.id())))
                .toList();
    }

    private static boolean has(Running process, String flag, Path value) {
        return (process.commandLine() + " ").contains(" " + flag + " " + value + " ");
    }

    public Optional<ClusterProcess> process(String id) {
        return processes().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** All members, whether their processes run or not. */
    public List<Member> members() {
        return folder.records().stream().map(ProcessRecord::member).toList();
    }

    /** Ends processes as kill -9 does, and waits until they are gone. What was wanted is recorded first. */
    public void kill(List<ClusterProcess> chosen) {
        expect(chosen, Expected.KILLED);
        killNow(running(chosen));
    }

    /**
     * Asks processes to end, waits, and kills what is still there when patience ends. What was wanted is recorded
     * first.
     *
     * @return those that had to be killed
     */
    public List<ClusterProcess> stop(List<ClusterProcess> chosen, Duration patience) {
        expect(chosen, Expected.STOPPED);
        var killed = end(running(chosen), patience);
        return chosen.stream()
                .filter(each -> each.running().filter(killed::contains).isPresent())
                .toList();
    }

    /** Ends processes that no record speaks of, in the same way. */
    public void endStrays(List<Running> strays, Duration patience) {
        end(strays, patience);
    }

    private List<Running> end(List<Running> processes, Duration patience) {
        processes.forEach(machine::terminate);
        if (Patience.of(patience).until(() -> left(processes).isEmpty())) {
            return List.of();
        }
        var stubborn = left(processes);
        killNow(stubborn);
        return stubborn;
    }

    private void expect(List<ClusterProcess> chosen, Expected expected) {
        chosen.forEach(each -> folder.keep(each.record().expecting(expected)));
    }

    private void killNow(List<Running> processes) {
        processes.forEach(machine::kill);
        // A process that waits for a disk goes when the disk has answered; nothing can make it go sooner.
        Patience.of(Duration.ofSeconds(10)).until(() -> left(processes).isEmpty());
    }

    private static List<Running> running(List<ClusterProcess> chosen) {
        return chosen.stream().flatMap(each -> each.running().stream()).toList();
    }

    private List<Running> left(List<Running> processes) {
        return processes.stream()
                .filter(was -> machine.process(was.pid())
                        .filter(now -> now.startedMillis() == was.startedMillis())
                        .isPresent())
                .toList();
    }
}
