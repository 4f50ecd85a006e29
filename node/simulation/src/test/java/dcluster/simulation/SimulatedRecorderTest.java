package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.journal.Batch;
import dcluster.journal.Identity;
import dcluster.journal.Journal;
import dcluster.journal.JournalOptions;
import dcluster.journal.MemoryDisk;
import dcluster.spi.NodeId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** When somebody has heard of records that are not durable yet. */
class SimulatedRecorderTest {
    private static final long SECOND = 1_000_000_000;

    private final Agenda agenda = new Agenda();
    private final NodeClock clock = new NodeClock(agenda, 0, 0);
    private final SimulatedLoop loop = new SimulatedLoop(agenda, clock, () -> 1, () -> {}, e -> {
        throw new AssertionError(e);
    });
    private final MemoryDisk disk = new MemoryDisk();
    private final DiskPace pace = new DiskPace(agenda, new Draws(1), 0, disk);
    private final SimulatedRecorder recorder = new SimulatedRecorder(pace, loop, e -> {
        throw new AssertionError(e);
    });
    private Batch batch = recorder.acquire();
    private int durable;

    SimulatedRecorderTest() throws IOException {
        var identity = new Identity("simulation", new NodeId("n1"), "none", 1);
        recorder.attach(Journal.open(disk, identity, JournalOptions.DEFAULT, body -> {}));
    }

    private void append() {
        batch.begin().writeLong(7);
        batch.end();
    }

    private void submit() {
        recorder.submit(batch, () -> durable++);
        batch = recorder.acquire();
    }

    private void awaitSync() {
        agenda.pass(agenda.now());
        long until = agenda.now() + SECOND;
        while (agenda.next() <= until) {
            agenda.run();
        }
        agenda.pass(until);
    }

    @Test
    void whatLeavesInTheTurnOfARecordOvertakesItUntilItIsSynced() {
        append();
        var told = recorder.overtaking();
        submit();
        assertThat(recorder.isOvertaken()).isFalse();
        told.run();
        assertThat(recorder.isOvertaken()).isTrue();
        awaitSync();
        assertThat(durable).isEqualTo(1);
        assertThat(recorder.isOvertaken()).isFalse();
    }

    @Test
    void whatLeftBeforeARecordTellsNothingOfIt() {
        append();
        submit();
        awaitSync();
        var told = recorder.overtaking();
        append();
        submit();
        told.run();
        assertThat(recorder.isOvertaken()).isFalse();
    }

    @Test
    void whatArrivesAfterTheSyncHasOvertakenNothing() {
        append();
        var told = recorder.overtaking();
        submit();
        awaitSync();
        told.run();
        assertThat(recorder.isOvertaken()).isFalse();
        append();
        submit();
        told.run();
        assertThat(recorder.isOvertaken()).isFalse();
    }

    @Test
    void aRecordThatWaitsForTheNextSyncIsOvertakenBeyondTheEndOfThisOne() {
        append();
        submit();
        append();
        var told = recorder.overtaking();
        submit();
        told.run();
        while (durable == 0) {
            agenda.run();
        }
        assertThat(recorder.isOvertaken()).isTrue();
        awaitSync();
        assertThat(durable).isEqualTo(2);
        assertThat(recorder.isOvertaken()).isFalse();
    }
}
