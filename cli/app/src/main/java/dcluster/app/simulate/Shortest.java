package dcluster.app.simulate;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Progress;
import dcluster.lab.simulation.FailureText;
import dcluster.lab.simulation.Life;
import dcluster.lab.simulation.Minimal;
import dcluster.lab.simulation.Minimizer.Bounds;
import dcluster.lab.simulation.ScheduleFile;
import dcluster.lab.simulation.Size;
import dcluster.lab.simulation.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Looks for the shortest schedule that breaks what a seed breaks, and keeps it as a file. */
public final class Shortest {
    private final Simulated simulated;
    private final Path folder;
    private final Progress progress;

    /** {@code folder} is made when there is something to keep. */
    public Shortest(Simulated simulated, Path folder, Progress progress) {
        this.simulated = simulated;
        this.folder = folder;
        this.progress = progress;
    }

    /** What people are told of a seed that breaks something; the last line is the command that replays the schedule. */
    String of(long seed) {
        var found = new Life(simulated.subject(), Terms.DEFAULT, seed).shortest(Bounds.DEFAULT, this::tell);
        progress.clear();
        var file = folder.resolve(simulated.subject().algorithm().name() + "-" + seed + ".yaml");
        var text = FailureText.of(found, simulated.schedule(file));
        write(file, found, text);
        return text;
    }

    private void tell(int runs, Size shortest) {
        progress.underWay(String.format(
                Locale.ROOT,
                "run %,d for the shortest schedule: %,d nodes, %,d faults, %,d questions, %,d disturbed messages",
                runs,
                shortest.nodes(),
                shortest.faults(),
                shortest.questions(),
                shortest.disturbances()));
    }

    private static void write(Path file, Minimal found, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, ScheduleFile.write(found.schedule(), text));
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot write " + file + ": " + e, e);
        }
    }
}
