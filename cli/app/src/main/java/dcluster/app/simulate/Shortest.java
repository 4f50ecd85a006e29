package dcluster.app.simulate;

import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.lab.simulation.FailureText;
import dcluster.lab.simulation.Life;
import dcluster.lab.simulation.Minimal;
import dcluster.lab.simulation.Minimizer.Bounds;
import dcluster.lab.simulation.Scenario;
import dcluster.lab.simulation.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks for the shortest schedule that breaks what a seed breaks, and keeps it as a file. */
public final class Shortest {
    /** No single run takes longer, nor does writing down what came of it. */
    private static final long LAST_RUN_SECONDS = 60;

    private final Simulated simulated;
    private final Path folder;
    private final Progress progress;
    private volatile boolean enough;

    /** {@code folder} is made when there is something to keep. */
    public Shortest(Simulated simulated, Path folder, Progress progress) {
        this.simulated = simulated;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * What was found, and the file that keeps it.
     *
     * @param text for people; the last line is the command that replays the schedule
     */
    record Kept(Minimal minimal, Path file, String text) {}

    /** Has a seed that breaks something told of as short as can be; whoever interrupts it gets the shortest so far. */
    void find(long seed, Consumer<Kept> teller, CleanUps cleanUps) {
        var told = new CountDownLatch(1);
        var interruption = cleanUps.onInterrupt(() -> {
            enough = true;
            await(told);
        });
        try {
            teller.accept(of(seed));
        } finally {
            told.countDown();
        }
        interruption.close();
    }

    private static void await(CountDownLatch told) {
        try {
            told.await(LAST_RUN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Kept of(long seed) {
        var found = new Life(simulated.subject(), simulated.scenario(), seed).shortest(Bounds.DEFAULT, this::goesOn);
        progress.clear();
        var file = folder.resolve(simulated.subject().algorithm().name() + "-" + seed + ".yaml");
        var text = FailureText.of(found, simulated.again(file));
        write(file, found, text);
        return new Kept(found, file.toAbsolutePath().normalize(), text);
    }

    private boolean goesOn(int runs, Size shortest) {
        progress.underWay(String.format(
                        Locale.ROOT,
                        "run %,d for the shortest schedule: %,d nodes, %,d faults, %,d questions, %,d disturbed messages",
                        runs,
                        shortest.nodes(),
                        shortest.faults(),
                        shortest.questions(),
                        shortest.disturbances())
                + "; ctrl-C takes it as it is");
        return !enough;
    }

    private static void write(Path file, Minimal found, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Scenario.write(found.schedule(), text));
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot write " + file + ": " + e, e);
        }
    }
}
