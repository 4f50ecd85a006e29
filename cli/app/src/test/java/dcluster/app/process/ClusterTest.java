package dcluster.app.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.ClusterProcess.State;
import dcluster.app.process.ProcessRecord.Expected;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aProcessThatToldItsEndInOrderHasNotCrashed() throws IOException {
        keep("n1", 10, 1000);
        Files.writeString(cluster().folder().ended("n1"), "token of an earlier launch");
        assertThat(state("n1")).isEqualTo(State.CRASHED);
        Files.writeString(cluster().folder().ended("n1"), "token-n1");
        assertThat(state("n1")).isEqualTo(State.STOPPED);
        machine.with(10, 1000, "");
        assertThat(state("n1")).isEqualTo(State.RUNNING);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"node\": \"n2\"", "garbage", "{\"node\": 2}", "\ufffd", "n1"})
    void aRecordThatCannotBeReadConcernsNoOther(String content) throws IOException {
        keep("n1", 10, 1000);
        keep("n2", 11, 1000);
        machine.with(10, 1000, "").with(11, 1000, "");
        damage("n2", content);

        assertThat(cluster().processes()).extracting(ClusterProcess::id).containsExactly("n1");
        assertThat(cluster().unreadable())
                .singleElement()
                .satisfies(each -> assertThat(each.id()).isEqualTo("n2"))
                .satisfies(each -> assertThat(each.told()).startsWith(each.file() + " cannot be read: "));
    }

    @Test
    void aProcessWhoseRecordCannotBeReadIsFoundByItsCommandLineAndEnded() throws IOException {
        keep("n1", 10, 1000);
        keep("n2", 11, 1000);
        launch("n1", 10).launch("n2", 11).launch("n3", 12);
        machine.with(
                13, 1000, "java -jar dcluster.jar node -c " + cluster().folder().config());
        damage("n2", "");

        assertThat(cluster().strays(cluster().unreadable().get(0)))
                .extracting(Machine.Running::pid)
                .containsExactly(11L);
        assertThat(cluster().strays())
                .as("of n3 there is no file at all, and one was not launched in the background")
                .extracting(Machine.Running::pid)
                .containsExactly(11L, 12L);
        cluster().stop(cluster().running(), Duration.ofSeconds(1));
        assertThat(cluster().isRunning()).isTrue();
        cluster().endStrays(cluster().strays(), Duration.ofSeconds(1));
        assertThat(machine.signals).containsExactly("term 10", "term 11", "term 12");
        assertThat(cluster().isRunning()).isFalse();
    }

    @Test
    void recordsInWhosePlaceIsNoFolderAreUnreadableAsAWhole() throws IOException {
        launch("n1", 10);
        Deletion.of(cluster().folder().path().resolve("processes"));
        assertThat(cluster().unreadable()).extracting(Unreadable::why).containsExactly("it is missing");
        assertThat(cluster().isRunning()).isTrue();
        Files.writeString(cluster().folder().path().resolve("processes"), "");
        assertThat(cluster().processes()).isEmpty();
        assertThat(cluster().strays(cluster().unreadable().get(0)))
                .extracting(Machine.Running::pid)
                .containsExactly(10L);
    }

    /** {@code n1} stands for the content of n1's record, a replacement character for what is no text. */
    private void damage(String id, String content) throws IOException {
        var folder = cluster().folder().path().resolve("processes");
        var bytes = content.equals("n1") ? Files.readAllBytes(folder.resolve("n1.json")) : content.getBytes(ISO_8859_1);
        Files.write(folder.resolve(id + ".json"), content.equals("\ufffd") ? new byte[] {-1} : bytes);
    }

    private ClusterTest launch(String id, long pid) {
        var folder = cluster().folder();
        machine.with(
                pid,
                1000,
                "java -Ddcluster.process=token-" + id + " -jar dcluster.jar node -c " + folder.config() + " --id " + id
                        + " --data " + folder.data(id) + " --incarnation x");
        return this;
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
