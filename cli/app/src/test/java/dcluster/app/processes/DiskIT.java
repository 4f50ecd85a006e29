package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to the journal of one node, while the other two go on. */
class DiskIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    private static final SharedCluster SHARED = new SharedCluster(CLUSTERS, "disk", "--set", "storage.segment=64KiB");

    private final TestCluster cluster = SHARED.started();

    @Test
    @Tag("hard-case-29")
    void aBitFlippedAmongOldRecordsIsRefusedWithItsPlaceAndTheOthersGoOn() throws IOException {
        write("flip", 20);
        var n1 = cluster.member("n1");
        cluster.kill(n1);
        var segment = oldestSegment(n1);
        var intact = Files.readAllBytes(segment);
        // Behind the first page, which is the header, and the first mark.
        int place = 4096 + 32 + 20;
        var flipped = intact.clone();
        flipped[place] ^= 4;
        Files.write(segment, flipped);

        assertThat(node(List.of(), n1).ends(69))
                .contains("damaged journal: " + segment + " at offset " + 4128, "Nothing was changed.");
        assertThat(cluster.run("restart", "n1").exits(69).err()).contains("damaged journal: " + segment);
        assertThat(segment).hasBinaryContent(flipped);
        write("flipped", 20);

        Files.write(segment, intact);
        cluster.restart(n1);
        cluster.awaitAgreement();
        assertThat(new Ask(n1).list("flipped")).hasSize(20);
    }

    /**
     * A torn tail is what a loss of power leaves, which may also take back what is remembered apart. All nodes are
     * killed: a leader that goes on knows what this node had acknowledged, and would miss it.
     */
    @Test
    @Tag("hard-case-28")
    void aTornTailIsCutAndTheOthersHaveWhatItLost() throws IOException {
        write("torn", 20);
        var all = cluster.nodes().toArray(TestNode[]::new);
        var n1 = cluster.member("n1");
        Until.holds("a mark vouches for the last write", () -> markedUpTo(n1) == n1.position());
        cluster.kill(all);
        editEnd(n1, DiskIT::tear);

        // As long as it is remembered that the tail was durable, it is not cut.
        assertThat(cluster.run("restart", "n1").exits(69).err())
                .contains("n1 has lost data: its folder " + n1.data() + " ends at position ");

        var memory = Files.readString(n1.memory());
        Files.writeString(n1.memory(), memory.replaceAll("position: \\d+", "position: " + "0".repeat(19)));
        requireCut(all);
        assertThat(new Ask(n1).list("torn")).hasSize(20);
    }

    /** Where the journal ends, if it ends with a mark: that is 32 bytes long, and holds its position in the last 24. */
    private static long markedUpTo(TestNode node) throws IOException {
        var segment = Files.readAllBytes(newestSegment(node));
        return ByteBuffer.wrap(segment).getLong(endOfData(segment) - 24) + 32;
    }

    /** The last mark goes, which vouches for what is before it, and five bytes of that. */
    private static void tear(byte[] segment, int end) {
        Arrays.fill(segment, end - 32 - 5, end, (byte) 0);
    }

    @Test
    @Tag("hard-case-28")
    void garbageBehindTheTailIsCut() throws IOException {
        write("garbage", 20);
        var n1 = cluster.member("n1");
        cluster.kill(n1);
        editEnd(n1, (segment, end) -> Arrays.fill(segment, end + 20, end + 25, (byte) 77));
        requireCut(n1);
        assertThat(new Ask(n1).list("garbage")).hasSize(20);
    }

    private static void editEnd(TestNode node, ObjIntConsumer<byte[]> edit) throws IOException {
        var segment = newestSegment(node);
        var bytes = Files.readAllBytes(segment);
        edit.accept(bytes, endOfData(bytes));
        Files.write(segment, bytes);
    }

    /** Starts the nodes, and looks that n1 cut something off and holds what the others hold. */
    private void requireCut(TestNode... killed) {
        var n1 = cluster.member("n1");
        int cuts = n1.logged("; cut ");
        cluster.restart(killed);
        assertThat(n1.logged("; cut ")).as("cuts of a tail").isEqualTo(cuts + 1);
        cluster.awaitAgreement();
    }

    /** Behind the last byte that is not zero; what is behind the first page is data, then zeros. */
    private static int endOfData(byte[] segment) {
        int end = segment.length;
        while (segment[end - 1] == 0) {
            end--;
        }
        assertThat(end).isBetween(4096 + 32, segment.length - 100);
        return end;
    }

    /**
     * A limit on the size of files, as on a full disk, lets a write of a megabyte into the journal fail in its middle.
     */
    @Test
    @Tag("hard-case-30")
    void aNodeWhoseDiskTakesNoMoreEndsAndNothingAcknowledgedIsLost() throws IOException {
        write("full", 20);
        var n1 = cluster.member("n1");
        cluster.kill(n1);
        try (var limited = node(List.of("sh", "-c", "ulimit -f 512; exec \"$@\"", "sh"), n1)) {
            Until.holds("n1 is healthy", n1::isHealthy);
            write("small", 5);
            assertThat(new Ask(cluster.member("n2")).call("SET", "big", "x".repeat(1 << 20)))
                    .isInstanceOf(Reply.Simple.class);
            assertThat(limited.ends(5))
                    .contains("the member ends, for it cannot trust itself any more")
                    .contains("write of 10486", " failed on " + n1.data(), "File too large");
        }
        write("after", 5);
        cluster.restart(n1);
        cluster.awaitAgreement();
        assertThat(new Ask(n1).list("full")).hasSize(20);
        assertThat(new Ask(n1).list("small")).hasSize(5);
        assertThat(new Ask(n1).text("big")).hasSize(1 << 20);
    }

    @Test
    @Tag("hard-case-30")
    void aSingleNodeWhoseDiskTakesNoMoreAcknowledgesNothingAfterThat() throws IOException {
        var alone = CLUSTERS.start("alone", "-a", "none", "-n", "1", "--set", "storage.segment=64KiB");
        var n1 = alone.member("n1");
        alone.kill(n1);
        try (var limited = node(List.of("sh", "-c", "ulimit -f 512; exec \"$@\"", "sh"), n1)) {
            Until.holds("n1 is healthy", n1::isHealthy);
            try (var connection = n1.connect()) {
                assertThat(connection.call("RPUSH", "list", "before")).isEqualTo(new Reply.Whole(1));
            }
            for (var command : List.of("big", "after")) {
                assertThat(outcome(n1, "RPUSH", "list", command.equals("big") ? "x".repeat(1 << 20) : command))
                        .as("the answer to %s", command)
                        .doesNotContain("Whole");
            }
            assertThat(limited.ends(5)).contains("File too large");
        }
        alone.restart(n1);
        assertThat(new Ask(n1).list("list")).startsWith("before").doesNotContain("after");
        alone.run("stop").exits(0);

        // Not even the first segment fits.
        var fresh = CLUSTERS.folder("fresh");
        var file = n1.cluster().resolve("cluster.yaml");
        try (var limited = CLUSTERS.launchNew(
                List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"),
                "node",
                "-c",
                "" + file,
                "--id",
                "n1",
                "--data",
                "" + fresh)) {
            assertThat(limited.ends(69)).contains("cannot use the folder " + fresh, "File too large");
        }
    }

    /** With that limit again: each segment is smaller, but the state is not. */
    @Test
    @Tag("hard-case-30")
    void aNodeWhoseDiskHasNoRoomToCompactGoesOnAndCompactsWhenThereIsRoom() throws IOException {
        var tight =
                CLUSTERS.start("tight", "-a", "none:compact-above=64KiB", "-n", "1", "--set", "storage.segment=64KiB");
        var n1 = tight.member("n1");
        tight.kill(n1);
        try (var limited = node(List.of("sh", "-c", "ulimit -f 512; exec \"$@\"", "sh"), n1)) {
            Until.holds("n1 is healthy", n1::isHealthy);
            for (int round = 0; round < 3; round++) {
                fill(n1, "round " + round);
            }
            limited.awaitLog("a compaction of the journal in " + n1.data() + " was abandoned: write of ");
            assertThat(limited.log()).contains("WARN", "File too large", "look at the room on its disk");
            fill(n1, "after it");
            assertThat(n1.metric("dcluster_journal_size_bytes").orElseThrow()).isGreaterThan(3e6);
        }
        tight.restart(n1);
        fill(n1, "with room");
        Until.holds(
                "the journal is compacted",
                () -> n1.metric("dcluster_journal_size_bytes")
                        .filter(bytes -> bytes < 2e6)
                        .isPresent());
        assertThat(new Ask(n1).text("key-0")).startsWith("with room");
    }

    /** Sets a thousand keys of a kibibyte, all the same in each call. */
    private static void fill(TestNode node, String value) throws IOException {
        try (var connection = node.connect()) {
            for (int i = 0; i < 1000; i++) {
                assertThat(connection.call("SET", "key-" + i, value + "x".repeat(1000)))
                        .isEqualTo(new Reply.Simple("OK"));
            }
        }
    }

    private static String outcome(TestNode node, String... command) {
        try (var connection = node.connect()) {
            return connection.call(command).toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Launched node(List<String> wrapper, TestNode node) {
        var file = node.cluster().resolve("cluster.yaml").toString();
        return CLUSTERS.launch(
                wrapper,
                "node",
                "-c",
                file,
                "--id",
                node.id(),
                "--data",
                node.data().toString());
    }

    private static Path oldestSegment(TestNode node) throws IOException {
        return segments(node).get(0);
    }

    /** Where its data ends; spare ones behind it hold none. */
    private static Path newestSegment(TestNode node) throws IOException {
        var used = new ArrayList<Path>();
        for (var segment : segments(node)) {
            var bytes = Files.readAllBytes(segment);
            if (bytes[4096 + 4] != 0) {
                used.add(segment);
            }
        }
        return used.get(used.size() - 1);
    }

    private static List<Path> segments(TestNode node) throws IOException {
        try (var files = Files.list(node.data())) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment-"))
                    .sorted()
                    .toList();
        }
    }

    /** Appends so many elements to a list, through a node that none of these tests touches. */
    private void write(String key, int count) {
        var ask = new Ask(cluster.member("n3"));
        int before = ask.list(key).size();
        for (int i = before; i < before + count; i++) {
            var reply = ask.call("RPUSH", key, "element-" + i);
            assertThat(reply).isInstanceOf(Reply.Whole.class);
        }
    }
}
