package dcluster.runtime;

import dcluster.journal.AmnesiaException;
import dcluster.journal.FolderDisk;
import dcluster.journal.RefusedFolderException;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What is remembered of a member outside of its folder: its greatest incarnation. A folder that was lost, or replaced by
 * an older copy, has forgotten promises that others rely on: a replica on it could vote twice in one term, and a write
 * that it acknowledged could be missing from every majority. Its own content cannot tell; this can.
 *
 * <p>The order makes that hold through a kill at any moment. The journal makes an incarnation durable in the member's
 * folder; then it is kept here, durably; only then the member talks to anybody. So a member that may have promised
 * anything is remembered, and one that is remembered had its folder. Whoever failed before that, for want of a port or
 * of a folder that it can write, can simply be started again.
 *
 * <p>It knows the starts and nothing between them: a copy of the folder that was taken after its last start, and put back
 * later, looks whole.
 *
 * @param file holds the incarnation as text; made, with its folder, by the member itself
 * @param bootstrap whether the member is told that this is the first start of its cluster: then it may begin in an empty
 *     folder, if nothing is remembered of it
 */
public record Memory(Path file, boolean bootstrap) {
    private static final String KEY = "incarnation: ";

    /** How often the member was started, as far as is remembered; 0 if it never was. */
    long incarnation() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            return Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith(KEY))
                    .mapToLong(line -> Long.parseLong(line.substring(KEY.length())))
                    .findFirst()
                    .orElseThrow(() -> unreadable("it has no line '" + KEY + "'"));
        } catch (NumberFormatException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private RefusedFolderException unreadable(String why) {
        return new RefusedFolderException(file + " cannot be read: " + why + ". It is to hold the line '" + KEY
                + "' and how often the member was started");
    }

    /** How often the member's folder must have been opened before, at least; 0 if it may begin empty. */
    long past() throws IOException {
        return Math.max(incarnation(), bootstrap ? 0 : 1);
    }

    /** Keeps an incarnation in place of the one before. Durable when this returns. */
    void keep(NodeId self, long incarnation) throws IOException {
        var text = """
                # How often %s was started. Kept apart from its data, so that lost data is noticed.
                incarnation: %d
                """.formatted(self, incarnation);
        var disk = FolderDisk.at(folder());
        String name = file.getFileName().toString();
        try (var whole = disk.create(name + ".new")) {
            whole.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            whole.force();
        } catch (IOException e) {
            throw new RefusedFolderException(
                    "folder " + folder() + ", which remembers " + self + " apart from its data, cannot be written: " + e
                            + ". Make it writable for this user",
                    e);
        }
        disk.rename(name + ".new", name);
        disk.sync();
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent(), "a file lies in a folder");
    }

    /** For people: what happened to the member's data, why it matters, and what can be done. */
    String refusal(MemberSettings settings, AmnesiaException amnesia) {
        if (!Files.exists(file)) {
            return untold(settings);
        }
        var name = settings.config().name();
        return what(settings, amnesia) + ". What it promised to the others is forgotten with that: it could vote twice"
                + " in one term, and writes that it acknowledged could be lost, so it does not start; the others can go"
                + " on without it, 'dcluster restart NODE' starts each. Give it the folder as it was when it last ran. If that is gone, the cluster has to"
                + " be given up with all its data and started anew: 'dcluster rm -N " + name
                + "' removes it; of members that were run by hand, delete the folders, and " + folder();
    }

    private String what(MemberSettings settings, AmnesiaException amnesia) {
        String before = ", although it has run as incarnation " + amnesia.past() + " (says " + file + ")";
        return amnesia.found() == 0
                ? settings.self() + " has lost its data: its folder " + settings.data() + " is empty" + before
                : settings.self() + " has lost data: its folder " + settings.data()
                        + " is an older copy, of incarnation " + amnesia.found() + before;
    }

    private static String untold(MemberSettings settings) {
        return settings.self() + " has no data: its folder " + settings.data()
                + " is empty, and it was not told that its"
                + " cluster is new. If it was started before, its promises and data are lost: it could vote twice in"
                + " one term, and writes that it acknowledged could be lost; give it the folder as it was when it last"
                + " ran. If this is the first start of a new cluster, say so with --bootstrap";
    }
}
