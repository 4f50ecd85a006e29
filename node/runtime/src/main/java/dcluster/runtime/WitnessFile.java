package dcluster.runtime;

import dcluster.journal.Disk;
import dcluster.journal.DiskFile;
import dcluster.journal.FolderDisk;
import dcluster.journal.Past;
import dcluster.journal.RefusedFolderException;
import dcluster.journal.Witness;
import dcluster.runtime.Memory.Empty;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a member's past is remembered, as text for people:
 *
 * <pre>
 *  # what this is ...
 *  incarnation: 12
 *  position: 0000000000000123456
 *  wiped: yes
 * </pre>
 *
 * <p>The last line is there while the member was wiped and has not begun again. At each opening and each wipe the file is
 * replaced as a whole, durably. After each sync of the journal the digits of the position are overwritten in place,
 * without a sync: the page cache outlives the process, and a loss of power leaves an earlier position. The file is shorter
 * than a sector, which a disk writes as a whole, so nothing is ever torn.
 */
final class WitnessFile implements Witness {
    private static final Pattern LINES = Pattern.compile(
            "(?:#.*\\R)*incarnation: (\\d{1,18})\\Rposition: (\\d{19})\\R(wiped: yes\\R)?", Pattern.UNIX_LINES);
    private static final String WIPED = "wiped: yes\n";
    private static final int DIGITS = 19;

    private final Path file;
    private final NodeId self;
    private final Empty empty;
    private final byte[] digits = new byte[DIGITS];
    private @Nullable DiskFile open;
    private long digitsOffset;

    WitnessFile(Memory memory, NodeId self) {
        this.file = memory.file().toAbsolutePath().normalize();
        this.empty = memory.empty();
        this.self = self;
    }

    /** Unless it is the bootstrap, a member of whom nothing is remembered has been there, too. */
    @Override
    public Past past() throws IOException {
        var remembered = remembered();
        return new Past(Math.max(remembered.incarnation(), empty == Empty.NEW ? 0 : 1), remembered.position());
    }

    /** Whose incarnations are not remembered cannot begin again: they would be given out a second time. */
    @Override
    public boolean isWiped() throws IOException {
        return Files.exists(file) && (empty == Empty.WIPED || lines().group(3) != null);
    }

    private Past remembered() throws IOException {
        if (!Files.exists(file)) {
            return Past.NONE;
        }
        var lines = lines();
        try {
            return new Past(Long.parseLong(lines.group(1)), Long.parseLong(lines.group(2)));
        } catch (NumberFormatException e) {
            throw unreadable();
        }
    }

    private MatchResult lines() throws IOException {
        var lines = LINES.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        if (!lines.matches()) {
            throw unreadable();
        }
        return lines.toMatchResult();
    }

    private RefusedFolderException unreadable() {
        return new RefusedFolderException(file + " cannot be read: it is to end with the lines 'incarnation: ' and how"
                + " often " + self + " was started, and 'position: ' and where its journal ended, with " + DIGITS
                + " digits. If its data is certain to be as it was when it last ran, delete this file: it is written"
                + " anew at the next start");
    }

    @Override
    public void wiped() throws IOException {
        if (!Files.exists(file)) {
            throw new RefusedFolderException("nothing remembers that " + self + " ever ran: " + file
                    + " is missing. If it" + " did not, there is nothing to wipe");
        }
        write(remembered(), WIPED);
    }

    @Override
    public void opened(Past now) throws IOException {
        long length = write(now, "");
        open = FolderDisk.at(folder()).open(file.getFileName().toString());
        digitsOffset = length - DIGITS - 1;
    }

    /** Replaces the file; returns its length. */
    private long write(Past past, String more) throws IOException {
        encode(past.position());
        byte[] text = ("# How often " + self + " was started, and where its journal ended. Kept apart from its data, so"
                        + " that lost data is noticed.\nincarnation: " + past.incarnation() + "\nposition: "
                        + new String(digits, StandardCharsets.US_ASCII) + "\n" + more)
                .getBytes(StandardCharsets.UTF_8);
        var disk = FolderDisk.at(folder());
        try {
            replace(disk, text);
        } catch (IOException e) {
            throw new RefusedFolderException(
                    "folder " + folder() + ", which remembers " + self + " apart from its data, cannot be written: " + e
                            + ". Make it writable for this user",
                    e);
        }
        return text.length;
    }

    private Path folder() {
        return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    }

    private void replace(Disk disk, byte[] text) throws IOException {
        String name = file.getFileName().toString();
        try (var whole = disk.create(name + ".new")) {
            whole.write(ByteBuffer.wrap(text), 0);
            whole.force();
        }
        disk.rename(name + ".new", name);
        disk.sync();
    }

    @Override
    public void reached(long position) throws IOException {
        var target = open;
        if (target == null) {
            // The journal is being opened, and goes on in a new segment: nobody has been told anything yet.
            return;
        }
        encode(position);
        target.write(ByteBuffer.wrap(digits), digitsOffset);
    }

    private void encode(long position) {
        long rest = position;
        for (int i = DIGITS - 1; i >= 0; i--) {
            digits[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
