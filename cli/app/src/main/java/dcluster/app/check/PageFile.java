package dcluster.app.check;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.checker.timeline.TimelinePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where the page of a history goes: into a file, or into a folder under the history's name. */
public final class PageFile {
    private static final String BEGINNING = "<!doctype html>";

    private final Path wanted;

    /**
     * As the command line names it.
     *
     * @throws Failure if it is one file for several histories
     */
    public PageFile(Path wanted, int histories) {
        this.wanted = wanted;
        if (histories > 1 && !Files.isDirectory(wanted)) {
            throw new Failure(Exit.USAGE, "--html of several histories is a folder, and " + wanted + " is none");
        }
    }

    /**
     * Refuses, before anything is judged, to replace what is no page, or to write where there is no folder.
     *
     * @throws Failure if it is so
     */
    void requireFree(String history) {
        var file = file(history);
        var parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new Failure(Exit.USAGE, "--html: there is no folder for " + file);
        }
        try {
            if (Files.exists(file) && !isPage(file)) {
                throw new Failure(Exit.USAGE, "--html would replace " + file + ", which is no page; name another file");
            }
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes the page and returns where it is. */
    Path write(Judged judged) {
        var file = file(judged.file());
        try {
            return Files.writeString(file, TimelinePage.html(judged.file(), judged.history(), judged.verdict()));
        } catch (IOException e) {
            throw new Failure(Exit.RESOURCE, "cannot write the page " + file + ": " + e, e);
        }
    }

    private Path file(String history) {
        return Files.isDirectory(wanted) ? wanted.resolve(name(history)) : wanted;
    }

    private static String name(String history) {
        return Path.of(history).getFileName().toString().replaceAll("\\.(jsonl|json|gz)", "") + ".html";
    }

    private static boolean isPage(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            var beginning = new String(in.readNBytes(BEGINNING.length()), StandardCharsets.UTF_8);
            return beginning.isEmpty() || beginning.toLowerCase(Locale.ROOT).equals(BEGINNING);
        }
    }
}
