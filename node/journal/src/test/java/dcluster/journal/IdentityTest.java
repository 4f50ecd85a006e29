package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("hard-case-34")
final class IdentityTest {
    private static final Identity OURS = new Identity("demo", new NodeId("n1"), "raft", 0xabc);

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void theFileIsTextForPeople() throws IOException {
        open(OURS).close();
        assertThat(new String(disk.bytes(FileNames.IDENTITY), StandardCharsets.UTF_8))
                .isEqualTo("""
                        # The journal of one dcluster node. Not to be edited: any other node is refused here.
                        format: 1
                        cluster: demo
                        node: n1
                        algorithm: raft
                        records: 0000000000000abc
                        """);
    }

    @Test
    void anotherIdentityIsRefusedAndBothSidesAreNamed() throws IOException {
        open(OURS).close();
        var others = Map.of(
                "cluster", new Identity("prod", new NodeId("n1"), "raft", 0xabc),
                "node", new Identity("demo", new NodeId("n2"), "raft", 0xabc),
                "algorithm", new Identity("demo", new NodeId("n1"), "paxos", 0xabc),
                "records", new Identity("demo", new NodeId("n1"), "raft", 0xabd),
                "format", new Identity("demo", new NodeId("n1"), "raft", 0xabc, 2));
        others.forEach((difference, other) -> assertThatThrownBy(() -> open(other))
                .isInstanceOf(RefusedFolderException.class)
                .hasMessageContaining("/memory")
                .hasMessageContaining(OURS.toString())
                .hasMessageContaining(other.toString())
                .hasMessageContaining("they differ in " + difference + ".")
                .hasMessageContaining("a folder of its own"));
        assertThat(open(OURS).incarnation()).isEqualTo(2);
    }

    @Test
    void aRefusedFolderIsLeftUnlocked() throws IOException {
        open(OURS).close();
        assertThatThrownBy(() -> open(Life.IDENTITY)).isInstanceOf(RefusedFolderException.class);
        open(OURS).close();
    }

    @Test
    void anIdentityFileThatNamesNobodyIsRefused() throws IOException {
        open(OURS).close();
        disk.set(FileNames.IDENTITY, "cluster: demo\nnode: n 1\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> open(OURS))
                .isInstanceOf(DamagedJournalException.class)
                .hasMessageContaining("/memory/identity")
                .hasMessageContaining("does not name its node");
    }

    @Test
    void aSegmentFromAnotherNodesFolderIsRefused() throws IOException {
        open(OURS).close();
        var foreign = new MemoryDisk();
        Scene.open(foreign, new Numbers()).close();
        disk.set(Scene.FIRST, foreign.bytes(Scene.FIRST));
        assertThatThrownBy(() -> open(OURS))
                .isInstanceOf(DamagedJournalException.class)
                .hasMessageContaining("from another node's folder");
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() throws IOException {
        disk.set("notes.txt", new byte[] {1});
        disk.set("segment-1", new byte[] {2});
        disk.set("draft.new", new byte[] {3});
        open(OURS).close();
        open(OURS).close();
        assertThat(disk.names()).contains("notes.txt", "segment-1", "draft.new");
    }

    @Test
    void namesAreOneLine() {
        for (String name : new String[] {"", " ", "a\nb", " a", "a\r"}) {
            assertThatThrownBy(() -> new Identity(name, new NodeId("n1"), "raft", 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Identity("demo", new NodeId("n1"), name, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Journal open(Identity identity) throws IOException {
        return Journal.open(disk, identity, Life.OPTIONS, new Numbers());
    }
}
