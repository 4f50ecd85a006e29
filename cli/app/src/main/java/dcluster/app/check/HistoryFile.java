package dcluster.app.check;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.checker.history.BadHistoryException;
import dcluster.checker.history.History;
import dcluster.checker.history.HistoryReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A history by the name that the command line gives it.
 *
 * @param name a path, or {@link #STANDARD_INPUT}
 */
record HistoryFile(String name) {
    static final String STANDARD_INPUT = "-";

    /** Its name in what is printed. */
    String shown() {
        return name.equals(STANDARD_INPUT) ? "stdin" : name;
    }

    /** Where it lies; empty for the standard input. */
    Optional<Path> path() {
        try {
            return name.equals(STANDARD_INPUT) ? Optional.empty() : Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            throw new Failure(Exit.USAGE, "'" + name + "' is no name of a file", e);
        }
    }

    /**
     * All of it.
     *
     * @param progress is told from time to time how many lines are read
     */
    History read(InputStream standardInput, LongConsumer progress) {
        try {
            var path = path();
            if (path.isEmpty()) {
                return HistoryReader.read(standardInput, shown(), progress);
            }
            if (Files.isDirectory(path.get())) {
                throw new Failure(Exit.USAGE, name + " is a folder; name the histories in it");
            }
            return HistoryReader.read(path.get(), progress);
        } catch (BadHistoryException e) {
            throw new Failure(Exit.BAD_CONFIG, String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new Failure(Exit.USAGE, "there is no file " + name, e);
        } catch (AccessDeniedException e) {
            throw new Failure(Exit.RESOURCE, name + " may not be read by this user", e);
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot read " + shown() + ": " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new Failure(
                    Exit.UNKNOWN,
                    shown() + " does not fit into the memory that Java may use, "
                            + Sizes.shown(Runtime.getRuntime().maxMemory())
                            + "; DCLUSTER_FLAGS=-Xmx8g, for one, gives it more",
                    e);
        }
    }
}
