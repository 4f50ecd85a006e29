package dcluster.app.process;

import dcluster.app.process.ProcessRecord.Expected;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
        return !running().isEmpty();
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
        killNow(chosen);
    }

    /**
     * Asks processes to end, waits, and kills what is still there when patience ends. What was wanted is recorded
     * first.
     *
     * @return those that had to be killed
     */
    public List<ClusterProcess> stop(List<ClusterProcess> chosen, Duration patience) {
        expect(chosen, Expected.STOPPED);
        signal(chosen, machine::terminate);
        if (Patience.of(patience).until(() -> left(chosen).isEmpty())) {
            return List.of();
        }
        var stubborn = left(chosen);
        killNow(stubborn);
        return stubborn;
    }

    private void expect(List<ClusterProcess> chosen, Expected expected) {
        chosen.forEach(each -> folder.keep(each.record().expecting(expected)));
    }

    private void killNow(List<ClusterProcess> chosen) {
        signal(chosen, machine::kill);
        // A process that waits for a disk goes when the disk has answered; nothing can make it go sooner.
        Patience.of(Duration.ofSeconds(10)).until(() -> left(chosen).isEmpty());
    }

    private void signal(List<ClusterProcess> chosen, Consumer<Machine.Running> send) {
        chosen.stream().map(ClusterProcess::running).flatMap(Optional::stream).forEach(send);
    }

    private List<ClusterProcess> left(List<ClusterProcess> chosen) {
        return chosen.stream()
                .filter(each -> each.running()
                        .flatMap(was ->
                                machine.process(was.pid()).filter(now -> now.startedMillis() == was.startedMillis()))
                        .isPresent())
                .toList();
    }
}
