package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cluster files that come with dcluster. */
class ClusterConfigsTest {
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());

    @TestFactory
    Stream<DynamicTest> theDefaultsThatAFileShowsAreTheDefaults() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    var text = Files.readString(file);
                    assertThat(load(file, withDefaultsGiven(text))).isEqualTo(load(file, text));
                }));
    }

    @TestFactory
    Stream<DynamicTest> aFileHasTheNameOfItsCluster() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> assertThat(load(file, Files.readString(file)).name() + ".yaml")
                                .isEqualTo(file.getFileName().toString())));
    }

    /** The text without the {@code #} that stands directly before a key, which is how a file shows a default. */
    static String withDefaultsGiven(String text) {
        return text.replaceAll("(?m)^( *)#(?=[a-z-]+:)", "$1");
    }

    /** Beside them there are files for other things, in folders of their own. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../../cluster-configs"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static ClusterConfig load(Path file, String text) {
        return ClusterFile.load(new ClusterText(file.toString(), text), Overrides.NONE, ALGORITHMS, PortPicker.NONE);
    }
}
