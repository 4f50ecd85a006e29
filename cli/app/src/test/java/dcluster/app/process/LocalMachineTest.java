package dcluster.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.Machine.Running;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalMachineTest {
    private final Machine machine = new LocalMachine();

    @Test
    void aProcessIsSeenWithItsCommandLineAndEndedWhenItIsAskedTo() throws IOException {
        var process = new ProcessBuilder("sleep", "60.125").start();
        try {
            var running = machine.process(process.pid()).orElseThrow();
            assertThat(running.startedMillis()).isPositive();
            assertThat(running.commandLine()).contains("60.125");
            assertThat(machine.processes()).extracting(Running::pid).contains(process.pid());

            machine.terminate(running);

            assertThat(Patience.of(Duration.ofSeconds(5))
                            .until(() -> machine.process(process.pid()).isEmpty()))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessOfAnotherStartTimeIsLeftAlone() throws IOException {
        var process = new ProcessBuilder("sleep", "60").start();
        try {
            machine.kill(new Running(process.pid(), 1, "sleep"));
            assertThat(machine.process(process.pid())).isPresent();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aDeadProcessThatNobodyHasCollectedDoesNotRun() throws IOException {
        // The shell becomes a program that does not collect the child which it inherits.
        var parent = new ProcessBuilder("sh", "-c", "sleep 0.05 & exec sleep 60").start();
        try {
            assertThat(Patience.of(Duration.ofSeconds(5))
                            .until(() -> parent.children().count() == 1))
                    .isTrue();
            long child = parent.children().findFirst().orElseThrow().pid();
            assertThat(Patience.of(Duration.ofSeconds(5))
                            .until(() -> machine.process(child).isEmpty()))
                    .isTrue();
            assertThat(ProcessHandle.of(child))
                    .as("it is still there, as a zombie")
                    .isPresent();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aProcessOfWhichAThreadIsLeftStillHoldsItsPorts() {
        var rest = " 30317 30317 19081 0 -1 4227084 3038 6559 1 0 4 0 3 1 20 0 %d 0 886436 0 0 1844";
        assertThat(LocalMachine.isZombie("1 (java) Z" + String.format(rest, 1))).isTrue();
        assertThat(LocalMachine.isZombie("1 (a) Z 1 (b) X" + String.format(rest, 0)))
                .isTrue();
        assertThat(LocalMachine.isZombie("1 (java) Z" + String.format(rest, 2))).isFalse();
        assertThat(LocalMachine.isZombie("1 (Z Z) S" + String.format(rest, 1))).isFalse();
        assertThat(LocalMachine.isZombie("")).isFalse();
    }
}
