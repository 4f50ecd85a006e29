package dcluster.journal;

import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file that says, as text for people, whose journal a folder holds, and after which incarnation its node was wiped,
 * if it was. Written once, in one step, when the folder is new.
 */
final class IdentityFile {
    private static final int MAX_BYTES = 4096;
    private static final String WIPED_AFTER = "wiped-after";

    private final Disk disk;
    private final Identity identity;

    IdentityFile(Disk disk, Identity identity) {
        this.disk = disk;
        this.identity = identity;
    }

    /**
     * Refuses the folder if it is not this identity's. Returns the last incarnation before its node was wiped; 0 if the
     * folder is the node's first.
     */
    long verify() throws IOException {
        var values = values(disk);
        var found = identity(values);
        var differences = found.differences(identity);
        if (!differences.isEmpty()) {
            throw new RefusedFolderException("folder " + disk.folder()
                    + " belongs to another node: it holds the journal of "
                    + found + ", this node is " + identity + "; they differ in " + String.join(", ", differences)
                    + ". Start the node that it belongs to, or give this one a folder of its own");
        }
        return wipedAfter(disk, values);
    }

    /** The same without a look at whose the folder is. */
    static long wipedAfter(Disk disk) throws IOException {
        return wipedAfter(disk, values(disk));
    }

    /** Durable with the next sync of the folder; all that the folder holds besides must be so already. */
    void write(long wipedAfter) throws IOException {
        String unfinished = FileNames.IDENTITY + FileNames.UNFINISHED;
        try (var file = disk.create(unfinished)) {
            file.write(ByteBuffer.wrap(text(wipedAfter).getBytes(StandardCharsets.UTF_8)), 0);
            file.force();
        }
        disk.rename(unfinished, FileNames.IDENTITY);
    }

    private String text(long wipedAfter) {
        String wiped = wipedAfter == 0 ? "" : WIPED_AFTER + ": " + wipedAfter + "\n";
        return """
                # The journal of one dcluster node. Not to be edited: any other node is refused here.
                format: %d
                cluster: %s
                node: %s
                algorithm: %s
                records: %016x
                """.formatted(
                                identity.format(),
                                identity.cluster(),
                                identity.node(),
                                identity.algorithm(),
                                identity.records())
                + wiped;
    }

    private static SortedMap<String, String> values(Disk disk) throws IOException {
        var values = new TreeMap<String, String>();
        for (String line : read(disk)) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return values;
    }

    private static List<String> read(Disk disk) throws IOException {
        try (var file = disk.open(FileNames.IDENTITY)) {
            var bytes = new byte[MAX_BYTES];
            int length = file.read(ByteBuffer.wrap(bytes), 0);
            return new String(bytes, 0, length, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private Identity identity(SortedMap<String, String> values) throws IOException {
        try {
            return new Identity(
                    values.getOrDefault("cluster", ""),
                    new NodeId(values.getOrDefault("node", "")),
                    values.getOrDefault("algorithm", ""),
                    Long.parseUnsignedLong(values.getOrDefault("records", ""), 16),
                    Integer.parseInt(values.getOrDefault("format", "")));
        } catch (IllegalArgumentException e) {
            throw damaged(disk, "does not name its node", e);
        }
    }

    private static long wipedAfter(Disk disk, SortedMap<String, String> values) throws IOException {
        var text = values.get(WIPED_AFTER);
        try {
            return text == null ? 0 : incarnation(text);
        } catch (NumberFormatException e) {
            throw damaged(disk, "does not say after which incarnation its node was wiped", e);
        }
    }

    private static long incarnation(String text) {
        long number = Long.parseLong(text);
        if (number < 1) {
            throw new NumberFormatException("it is from 1, not " + number);
        }
        return number;
    }

    private static DamagedJournalException damaged(Disk disk, String problem, Exception cause) {
        return new DamagedJournalException(
                disk.folder() + "/" + FileNames.IDENTITY, 0, "this file " + problem + ": " + cause.getMessage());
    }
}
