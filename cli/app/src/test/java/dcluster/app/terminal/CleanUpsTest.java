package dcluster.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanUpsTest {
    private final CleanUps cleanUps = CleanUps.ofNobody();
    private final List<String> undone = new ArrayList<>();

    @Test
    void theLatestIsUndoneFirstAndWhatIsClosedNotAtAll() {
        var first = cleanUps.onInterrupt(() -> undone.add("first"));
        var second = cleanUps.onInterrupt(() -> undone.add("second"));
        var third = cleanUps.onInterrupt(() -> undone.add("third"));
        second.close();
        cleanUps.run();
        assertThat(undone).containsExactly("third", "first");
        assertThat(List.of(first, third)).hasSize(2);
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromBeingUndone() {
        var first = cleanUps.onInterrupt(() -> undone.add("first"));
        var second = cleanUps.onInterrupt(() -> {
            throw new IllegalStateException("broken");
        });
        cleanUps.run();
        assertThat(undone).containsExactly("first");
        assertThat(List.of(first, second)).hasSize(2);
    }

    @Test
    void aThreadThatWouldGoOnAfterAnInterruptionIsHeld() throws InterruptedException {
        var open = cleanUps.onInterrupt(() -> undone.add("undone"));
        cleanUps.run();
        var command = new Thread(() -> {
            open.close();
            undone.add("went on");
        });
        command.setDaemon(true);
        command.start();
        command.join(200);
        assertThat(command.isAlive()).isTrue();
        assertThat(undone).containsExactly("undone");
    }
}
