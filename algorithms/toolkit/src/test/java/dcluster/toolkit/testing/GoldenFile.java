package dcluster.toolkit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A scenario whose whole output is compared with the file that holds its commands. To change one, edit its commands in
 * the file, run with {@code -Ddcluster.golden=write}, and read the difference before it is committed.
 */
public final class GoldenFile {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private GoldenFile() {}

    /** Compares, or writes, what {@code run} makes of the file of that name. */
    public static void check(String name, UnaryOperator<String> run) throws IOException {
        var file = FOLDER.resolve(name + ".txt");
        var expected = Files.readString(file);
        var actual = run.apply(expected);
        if ("write".equals(System.getProperty("dcluster.golden"))) {
            Files.writeString(file, actual);
        } else {
            assertThat(actual).as(file.toString()).isEqualTo(expected);
        }
    }
}
