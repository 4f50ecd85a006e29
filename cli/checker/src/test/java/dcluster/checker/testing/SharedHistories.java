package dcluster.checker.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Recorded histories with verdicts that this project did not produce. They stand outside it: the folder is named by
 * {@code -Ddcluster.shared.histories} or the variable {@code DCLUSTER_SHARED_HISTORIES}; else it is looked for beside
 * the project.
 */
public final class SharedHistories {
    private static final Path FOLDER = folder();

    /** One file and what its manifest says of it, each value as text. */
    public record Entry(Path file, Map<String, String> expected) {
        public boolean isTrue(String field) {
            return expect(field).equals("true");
        }

        public String expect(String field) {
            return Objects.requireNonNull(expected.get(field), () -> file + " has no " + field);
        }

        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    private SharedHistories() {}

    private static Path folder() {
        var named = System.getProperty("dcluster.shared.histories", System.getenv("DCLUSTER_SHARED_HISTORIES"));
        return Path.of(named == null || named.isEmpty() ? "../../../shared/histories" : named)
                .toAbsolutePath()
                .normalize();
    }

    /** All histories of a model; without the folder, the test that asks is skipped, and says why. */
    public static List<Entry> of(String model) throws IOException {
        var manifest = FOLDER.resolve("manifest.json");
        assumeTrue(
                Files.exists(manifest),
                () -> "there is no " + manifest + "; name the folder by -Ddcluster.shared.histories");
        try (var parser = new JsonFactory().createParser(manifest.toFile())) {
            return entries(parser).stream()
                    .filter(entry -> entry.expect("model").equals(model))
                    .toList();
        }
    }

    private static List<Entry> entries(JsonParser parser) throws IOException {
        var entries = new ArrayList<Entry>();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            var fields = new HashMap<String, String>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                fields.put(name, parser.getText());
            }
            entries.add(new Entry(FOLDER.resolve(Objects.requireNonNull(fields.get("file"))), fields));
        }
        return entries;
    }
}
