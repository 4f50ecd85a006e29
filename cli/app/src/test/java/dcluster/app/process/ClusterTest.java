package dcluster.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.ClusterProcess.State;
import dcluster.app.process.ProcessRecord.Expected;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
    @TempDir
    private Path temporary = Path.of("");

    private final FakeMachine machine = new FakeMachine();

    @BeforeEach
    void create() {
        cluster().folder().create("cluster: c\n");
    }

    @Test
    void aProcessIsKnownByPidAndStartTime() {
        keep("n1", 10, 1000);
        machine.with(10, 1000, "");
        assertThat(state("n1")).isEqualTo(State.RUNNING);
    }

    @Test
    void aPidThatWasGivenOutAgainIsAnotherProcess() {
        keep("n1", 10, 1000);
        machine.with(10, 2000, "java -jar something-else.jar");
        assertThat(state("n1")).isEqualTo(State.CRASHED);
        cluster().stop(cluster().running(), Duration.ZERO);
        assertThat(machine.signals).isEmpty();
    }

    @Test
    void aClockThatWasSetDoesNotHideAProcessThatCarriesItsToken() {
        keep("n1", 10, 1000);
        machine.with(10, 5000, "java -Ddcluster.process=token-n1 -jar dcluster.jar");
        assertThat(state("n1")).isEqualTo(State.RUNNING);
    }

    @Test
    void aLaunchThatWasNotRecordedToItsEndIsFoundByItsToken() {
        cluster().folder().keep(initial("n1").launching(List.of("java"), "token-n1"));
        machine.with(7, 1, "init").with(33, 1000, "java -Ddcluster.process=token-n1");
        assertThat(cluster().process("n1").flatMap(ClusterProcess::running))
                .map(Machine.Running::pid)
                .contains(33L);
    }

    @Test
    void whatWasNeverLaunchedIsStopped() {
        cluster().folder().keep(initial("n1"));
        machine.with(33, 1000, "java");
        assertThat(state("n1")).isEqualTo(State.STOPPED);
    }

    @Test
    void whatEndedIsToldByWhatWasWanted() {
        keep("n1", 10, 1000);
        keep("n2", 11, 1000);
        keep("n3", 12, 1000);
        machine.with(10, 1000, "").with(11, 1000, "").with(12, 1000, "");
        cluster().kill(cluster().running().subList(0, 1));
        cluster().stop(cluster().running().subList(0, 1), Duration.ofSeconds(1));
        machine.running.clear();
        assertThat(state("n1")).isEqualTo(State.KILLED);
        assertThat(state("n2")).isEqualTo(State.STOPPED);
        assertThat(state("n3")).isEqualTo(State.CRASHED);
    }

    @Test
    void whatDoesNotEndInTimeIsKilled() {
        keep("n1", 10, 1000);
        keep("n2", 11, 1000);
        machine.with(10, 1000, "").with(11, 1000, "");
        machine.stubborn.add(11L);
        var killed = cluster().stop(cluster().running(), Duration.ofMillis(30));
        assertThat(killed).extracting(ClusterProcess::id).containsExactly("n2");
        assertThat(machine.signals).containsExactly("term 10", "term 11", "kill 11");
        assertThat(cluster().running()).isEmpty();
    }

    @Test
    void membersStandInOrderAndTheCoordinatorLast() {
        for (var id : List.of("n10", "n2", "n1")) {
            cluster().folder().keep(initial(id));
        }
        cluster().folder().keep(ProcessRecord.initial(member("coordinator"), true, List.of()));
        assertThat(cluster().processes())
                .extracting(ClusterProcess::id)
                .containsExactly("n1", "n2", "n10", "coordinator");
    }

    @Test
    void aRemovedClusterIsNotThere() {
        keep("n1", 10, 1000);
        cluster().folder().remove();
        assertThat(new Home(temporary).clusters()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
        assertThat(cluster().processes()).isEmpty();
    }

    private Cluster cluster() {
        return new Cluster(new Home(temporary).cluster("c"), machine);
    }

    private State state(String id) {
        return cluster().process(id).orElseThrow().state();
    }

    private void keep(String id, long pid, long startedMillis) {
        var record = initial(id).launching(List.of("java"), "token-" + id).launched(pid, startedMillis);
        cluster().folder().keep(record);
        assertThat(record.expected()).isEqualTo(Expected.RUNNING);
    }

    private static ProcessRecord initial(String id) {
        return ProcessRecord.initial(member(id), false, List.of());
    }

    private static Member member(String id) {
        return new Member(new NodeId(id), "127.0.0.1", 7001, 17001, 27001, "");
    }
}
