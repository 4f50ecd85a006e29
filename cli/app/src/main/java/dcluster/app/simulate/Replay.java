package dcluster.app.simulate;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.app.terminal.Output;
import dcluster.lab.simulation.Outcome;
import dcluster.lab.simulation.Report;
import dcluster.lab.simulation.Rerun;
import dcluster.lab.simulation.Rerun.Label;
import dcluster.lab.simulation.Schedule;
import dcluster.lab.simulation.ShivizLog;
import dcluster.lab.simulation.TraceText;
import dcluster.simulation.Trace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs one seed again, and writes down what happens in it. */
public final class Replay {
    private final Simulated simulated;
    private final List<LineFile> files = new ArrayList<>();
    private Trace trace = Trace.NONE;
    private Optional<Path> html = Optional.empty();

    public Replay(Simulated simulated) {
        this.simulated = simulated;
    }

    /** A file that is written line by line. */
    private record LineFile(Path path, BufferedWriter writer) implements Consumer<String> {
        static LineFile create(Path path) {
            requireFolder(path);
            try {
                return new LineFile(path, Files.newBufferedWriter(path));
            } catch (IOException e) {
                throw unwritten(path, e);
            }
        }

        @Override
        public void accept(String line) {
            try {
                writer.write(line);
                writer.write('\n');
            } catch (IOException e) {
                throw unwritten(path, e);
            }
        }

        void close() {
            try {
                writer.close();
            } catch (IOException e) {
                throw unwritten(path, e);
            }
        }

        private static Failure unwritten(Path path, IOException e) {
            return new Failure(Exit.RESOURCE, "cannot write " + path + ": " + e, e);
        }
    }

    /** The trace is handed over line by line as text. */
    public void trace(Consumer<String> lines) {
        also(new TraceText(lines));
    }

    /** The trace is written into a file as text. */
    public void trace(Path file) {
        write(file, TraceText::new);
    }

    /** A log for ShiViz is written into a file. */
    public void shiviz(Path file) {
        write(file, ShivizLog::new);
    }

    private void write(Path file, Function<Consumer<String>, Trace> form) {
        var lines = LineFile.create(file);
        files.add(lines);
        also(form.apply(lines));
    }

    private static void write(Path file, String page) {
        requireFolder(file);
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw LineFile.unwritten(file, e);
        }
    }

    private static void requireFolder(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new Failure(Exit.RESOURCE, "cannot write " + file + ": there is no folder " + folder);
        }
    }

    private void also(Trace other) {
        trace = trace == Trace.NONE ? other : trace.and(other);
    }

    /** The space-time diagram is written into a file. */
    public void html(Path file) {
        // Whoever cannot have it is to learn that before the run.
        write(file, "");
        html = Optional.of(file);
    }

    /** Runs a seed, and prints what it was; the exit code. */
    public int run(long seed, Output output) {
        long begin = System.nanoTime();
        var schedule = simulated.scenario().schedule(simulated.subject(), seed);
        var outcome = live(schedule, new Label(simulated.title(seed), simulated.replay(seed)));
        var report = Report.of(simulated.subject(), simulated.scenario(), outcome);
        var view = new ReportView(simulated, report, (System.nanoTime() - begin) / 1e9, false);
        view.print(output);
        return simulated.subject().beyond().isPresent() ? exitBeyond(report) : view.exit();
    }

    /** What goes beyond the algorithm's claims has to break it. */
    private static int exitBeyond(Report report) {
        return report.broken().isPresent() ? Exit.OK : Exit.NO;
    }

    private Outcome live(Schedule schedule, Label label) {
        try {
            var run = Rerun.of(simulated.subject().whole(schedule), schedule, label, trace);
            html.ifPresent(file -> write(file, run.page()));
            return new Outcome(run.findings(), run.violation());
        } finally {
            files.forEach(LineFile::close);
        }
    }
}
