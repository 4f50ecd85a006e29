package dcluster.journal;

import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * The file that says, as text for people, whose journal a folder holds. Written once, in one step, when the folder is
 * new.
 */
final class IdentityFile {
    private static final int MAX_BYTES = 4096;

    private final Disk disk;
    private final Identity identity;

    IdentityFile(Disk disk, Identity identity) {
        this.disk = disk;
        this.identity = identity;
    }

    /** Refuses the folder if it is not this identity's. */
    void verify() throws IOException {
        var found = parse(read());
        var differences = found.differences(identity);
        if (!differences.isEmpty()) {
            throw new RefusedFolderException("folder " + disk.folder()
                    + " belongs to another node: it holds the journal of "
                    + found + ", this node is " + identity + "; they differ in " + String.join(", ", differences)
                    + ". Start the node that it belongs to, or give this one a folder of its own");
        }
    }

    /** Durable with the next sync of the folder; all that the folder holds besides must be so already. */
    void write() throws IOException {
        String unfinished = FileNames.IDENTITY + FileNames.UNFINISHED;
        try (var file = disk.create(unfinished)) {
            file.write(ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)), 0);
            file.force();
        }
        disk.rename(unfinished, FileNames.IDENTITY);
    }

    private String text() {
        return """
                # The journal of one dcluster node. Not to be edited: any other node is refused here.
                format: %d
                cluster: %s
                node: %s
                algorithm: %s
                records: %016x
                """.formatted(
                identity.format(), identity.cluster(), identity.node(), identity.algorithm(), identity.records());
    }

    private List<String> read() throws IOException {
        try (var file = disk.open(FileNames.IDENTITY)) {
            var bytes = new byte[MAX_BYTES];
            int length = file.read(ByteBuffer.wrap(bytes), 0);
            return new String(bytes, 0, length, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private Identity parse(List<String> lines) throws IOException {
        var values = new TreeMap<String, String>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        try {
            return new Identity(
                    values.getOrDefault("cluster", ""),
                    new NodeId(values.getOrDefault("node", "")),
                    values.getOrDefault("algorithm", ""),
                    Long.parseUnsignedLong(values.getOrDefault("records", ""), 16),
                    Integer.parseInt(values.getOrDefault("format", "")));
        } catch (IllegalArgumentException e) {
            throw new DamagedJournalException(
                    disk.folder() + "/" + FileNames.IDENTITY, 0, "this file does not name its node: " + e.getMessage());
        }
    }
}
