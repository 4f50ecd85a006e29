package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real disk, and other real processes. */
@Timeout(60)
final class FolderDiskTest {
    @TempDir
    private Path folder;

    @Test
    void aJournalLivesThroughManyOpenings() throws IOException {
        long last = 0;
        for (int opening = 1; opening <= 10; opening++) {
            var numbers = new Numbers();
            try (var journal = Scene.open(FolderDisk.at(folder.resolve("a/b")), numbers)) {
                assertThat(numbers.last()).isEqualTo(last);
                assertThat(journal.incarnation()).isEqualTo(opening);
                Scene.writeDurably(journal, last + 1, last + 100);
                last += 100;
                if (opening % 3 == 0) {
                    compact(journal, last);
                }
            }
        }
    }

    private static void compact(Journal journal, long last) throws IOException {
        var compaction = journal.compact();
        var piece = new Batch();
        Numbers.addState(piece, last, 0, 1);
        compaction.write(piece);
        compaction.finish();
    }

    @Test
    @Tag("hard-case-34")
    void aSecondJournalInThisProcessIsRefusedAndDoesNotBreakTheLock() throws Exception {
        var first = Scene.open(FolderDisk.at(folder), new Numbers());
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> Scene.open(FolderDisk.at(folder), new Numbers()))
                    .isInstanceOf(RefusedFolderException.class)
                    .hasMessageContaining(
                            "this process (pid " + ProcessHandle.current().pid() + ") uses folder")
                    .hasMessageContaining(folder.toRealPath().toString());
        }
        var other = start("");
        assertThat(firstLine(other))
                .contains("another process (pid " + ProcessHandle.current().pid() + ")");
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        first.close();
        Scene.open(FolderDisk.at(folder), new Numbers()).close();
    }

    @Test
    @Tag("hard-case-34")
    void aFolderThatAnotherProcessUsesIsRefusedUntilThatIsKilled() throws Exception {
        var other = start("");
        try {
            assertThat(firstLine(other)).isEqualTo("open");
            assertThatThrownBy(() -> Scene.open(FolderDisk.at(folder), new Numbers()))
                    .isInstanceOf(RefusedFolderException.class)
                    .hasMessageContaining(
                            "another process (pid " + other.pid() + ") uses folder " + folder.toRealPath())
                    .hasMessageContaining("Stop it first");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Scene.open(FolderDisk.at(folder), new Numbers()).close();
    }

    @Test
    void aFullDiskIsToldAndNothingDurableIsLost() throws Exception {
        var other = start("ulimit -f 2048; ");
        String last = "";
        try (var lines = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("open");
            other.outputWriter(StandardCharsets.UTF_8).append("fill\n").flush();
            last = lines.readLine();
            assertThat(lines.readLine()).contains("write of", "failed on " + folder.toRealPath(), "File too large");
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Long.parseLong(last)).isGreaterThan(1000);
        assertThat(Scene.replay(FolderDisk.at(folder))).isGreaterThanOrEqualTo(Long.parseLong(last));
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        var unwritable = unwritable();
        assertThatThrownBy(() -> Scene.open(FolderDisk.at(unwritable), new Numbers()))
                .isInstanceOf(RefusedFolderException.class)
                .hasMessageContaining("folder " + unwritable + " cannot be written")
                .hasMessageContaining("Make it writable");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> FolderDisk.at(file.resolve("below")))
                .isInstanceOf(RefusedFolderException.class)
                .hasMessageContaining("cannot be made");
        assertThatThrownBy(() -> FolderDisk.at(file)).isInstanceOf(RefusedFolderException.class);
    }

    @Test
    void filesAreReadBeyondTheirEndAsFarAsTheyGo() throws IOException {
        var disk = FolderDisk.at(folder);
        try (var file = disk.create("f")) {
            file.write(ByteBuffer.wrap(new byte[(3 << 20) + 5]), 7);
            assertThat(file.size()).isEqualTo((3 << 20) + 12);
            assertThat(file.read(ByteBuffer.allocate(4 << 20), 2)).isEqualTo((3 << 20) + 10);
            assertThat(file.read(ByteBuffer.allocate(1), 1L << 40)).isZero();
        }
    }

    /** A folder that even root cannot write to, if this runs as root. */
    private Path unwritable() throws IOException {
        var locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        return Files.isWritable(locked) ? Path.of("/proc/self").toRealPath() : locked.toRealPath();
    }

    private Process start(String before) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = before + "exec '" + java + "' -Xmx64m -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' '" + Holder.class.getName() + "' '" + folder + "'";
        return new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    /** Another process: opens the folder, says so, and on demand writes until the disk is full. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            try {
                var journal = Scene.open(FolderDisk.at(Path.of(args[0])), new Numbers());
                System.out.println("open");
                if (System.in.read() == 'f') {
                    fill(journal);
                }
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }

        private static void fill(Journal journal) throws IOException {
            var large = new Batch();
            large.begin().skip(4 << 20);
            large.end();
            long last = 0;
            while (last < 5000) {
                Scene.writeDurably(journal, last + 1, last + 50);
                last += 50;
            }
            System.out.println(last);
            journal.write(large);
        }
    }
}
