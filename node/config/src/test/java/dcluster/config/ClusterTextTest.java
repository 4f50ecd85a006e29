package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTextTest {
    @TempDir
    Path folder = Path.of("unset");

    private Path file = Path.of("unset");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("demo.yaml");
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheText() throws IOException {
        Files.writeString(file, "\ufeffalgorithm: raft");

        assertThat(ClusterText.read(file)).isEqualTo(new ClusterText(file.toString(), "algorithm: raft"));
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        assertThatThrownBy(() -> ClusterText.read(file)).hasMessage(file + ": there is no such file");
    }

    @Test
    void aFolderIsNoClusterFile() {
        assertThatThrownBy(() -> ClusterText.read(folder)).hasMessage(folder + ": this is a folder, not a file");
    }

    @Test
    void aFileThatCannotBeReadIsSaidSo() throws IOException {
        // Links that lead to one another: the one unreadable file that even root cannot read.
        var other = folder.resolve("other.yaml");
        Files.createSymbolicLink(file, other);
        Files.createSymbolicLink(other, file);

        assertThatThrownBy(() -> ClusterText.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ": this file cannot be read: ");
    }

    @Test
    void aFileOfMoreThanAMegabyteIsRefused() throws IOException {
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> ClusterText.read(file))
                .hasMessage(file + ":1:1: this is larger than 1 MiB, so it is no cluster file");
    }

    @Test
    void aFileOfAMegabyteIsRead() throws IOException {
        Files.writeString(file, "#".repeat(1 << 20));

        assertThat(ClusterText.read(file).text()).hasSize(1 << 20);
    }

    @Test
    void bytesThatAreNotUtf8AreShownWhereTheyAre() throws IOException {
        Files.write(file, "algorithm: raft\ncluster: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ClusterText.read(file))
                .hasMessage(file + ":2:13: this is not text in UTF-8: byte 0xe9");
    }

    @Test
    void aCharacterCutAtTheEndIsShownWhereItIs() throws IOException {
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xe2, (byte) 0x82});

        assertThatThrownBy(() -> ClusterText.read(file))
                .hasMessage(file + ":1:4: this is not text in UTF-8: byte 0xe2");
    }

    @Test
    void charactersThatAreNoTextAreShownWhereTheyAre() throws IOException {
        Files.writeString(file, "algorithm: raft\n\ud83d\ude00: \0");

        assertThatThrownBy(() -> ClusterText.read(file))
                .hasMessage(file + ":2:4: this is not text: character U+0000 has no place in YAML");
    }
}
