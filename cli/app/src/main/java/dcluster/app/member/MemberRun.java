package dcluster.app.member;

import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.runtime.MemberProcess;
import dcluster.runtime.MemberSettings;
import dcluster.runtime.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one member in this process, from its start to its end. Used once. */
public final class MemberRun {
    /** The system property that names the file in which an orderly end is told, by the token of the launch. */
    public static final String ENDED_PROPERTY = "dcluster.ended";

    private static final Logger LOG = LoggerFactory.getLogger(MemberRun.class);
    private static final String TOKEN_PROPERTY = "dcluster.process";

    private final MemberSettings settings;
    private @Nullable MemberProcess process;

    public MemberRun(MemberSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts the member and waits until it ends by itself, which it does only if it crashes: when this process is asked
     * to end, the member is stopped in order and this does not return.
     *
     * @return the exit code of a crash
     * @throws Failure if the member cannot start
     */
    public int run(CleanUps cleanUps) {
        var interrupt = cleanUps.onInterrupt(this::stop);
        try {
            start();
            return exitCode(awaitEnd());
        } finally {
            interrupt.close();
        }
    }

    /** Starts a member, does something while it runs, and stops it. */
    public static void during(MemberSettings settings, Runnable work) {
        var run = new MemberRun(settings);
        run.start();
        try {
            work.run();
        } finally {
            Objects.requireNonNull(run.process()).stop();
        }
    }

    private void start() {
        try {
            started(MemberProcess.start(settings));
        } catch (StartException e) {
            throw new Failure(exitCode(e.kind()), String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            throw new Failure(Exit.INTERNAL, "interrupted while starting", e);
        }
    }

    private Optional<Throwable> awaitEnd() {
        try {
            var running = process();
            return running == null ? Optional.empty() : running.awaitEnd();
        } catch (InterruptedException e) {
            throw new Failure(Exit.INTERNAL, "interrupted while running", e);
        }
    }

    /**
     * A member whose process was asked to end before it had started has nothing to put in order: nobody has seen it
     * yet.
     */
    private void stop() {
        var running = process();
        if (running != null) {
            running.stop();
            tellEnd();
        }
        // The virtual machine would report the signal as its exit code.
        Runtime.getRuntime().halt(Exit.OK);
    }

    /** So that nobody takes this for a crash. If it cannot be told, somebody will, and no harm is done. */
    private static void tellEnd() {
        var file = System.getProperty(ENDED_PROPERTY, "");
        if (!file.isEmpty()) {
            try {
                Files.writeString(Path.of(file), System.getProperty(TOKEN_PROPERTY, ""));
            } catch (IOException | InvalidPathException e) {
                LOG.warn("cannot tell in {} that this member ended in order: {}", file, e.toString());
            }
        }
    }

    private synchronized void started(MemberProcess running) {
        process = running;
    }

    private synchronized @Nullable MemberProcess process() {
        return process;
    }

    private static int exitCode(StartException.Kind kind) {
        return switch (kind) {
            case CONFIGURATION -> Exit.BAD_CONFIG;
            case RESOURCE -> Exit.RESOURCE;
            case DEFECT -> Exit.INTERNAL;
        };
    }

    static int exitCode(Optional<Throwable> end) {
        return end.map(why -> why instanceof IOException || why instanceof UncheckedIOException
                        ? Exit.CRASHED
                        : Exit.INTERNAL)
                .orElse(Exit.OK);
    }
}
