package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Sequence;
import dcluster.config.Yaml.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Prints a tree so that {@link YamlReader} makes an equal one of it, but for places. What it prints is ASCII. */
final class YamlWriter {
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:null)$)-?[A-Za-z0-9]([A-Za-z0-9./:_+=-]*[A-Za-z0-9])?");

    private YamlWriter() {}

    static String write(Mapping root) {
        return String.join("\n", lines(root)) + "\n";
    }

    private static List<String> lines(Yaml value) {
        var lines = new ArrayList<String>();
        if (value instanceof Mapping mapping && !isWord(mapping)) {
            mapping.entries().forEach((key, entry) -> {
                var child = lines(entry.value());
                boolean word = isWord(entry.value());
                lines.add(scalar(key) + (word ? ": " + child.get(0) : ":"));
                child.stream().skip(word ? 1 : 0).map("  "::concat).forEach(lines::add);
            });
        } else if (value instanceof Sequence sequence && !isWord(sequence)) {
            for (var element : sequence.elements()) {
                var child = lines(element);
                lines.add("- " + child.get(0));
                child.stream().skip(1).map("  "::concat).forEach(lines::add);
            }
        } else {
            lines.add(word(value));
        }
        return lines;
    }

    private static boolean isWord(Yaml value) {
        return !(value instanceof Mapping mapping && !mapping.entries().isEmpty())
                && !(value instanceof Sequence sequence && !sequence.elements().isEmpty());
    }

    private static String word(Yaml value) {
        if (value instanceof Text text) {
            return scalar(text.raw());
        }
        return value instanceof Mapping ? "{}" : value instanceof Sequence ? "[]" : "null";
    }

    private static String scalar(String raw) {
        if (PLAIN.matcher(raw).matches()) {
            return raw;
        }
        var quoted = new StringBuilder("\"");
        raw.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        if (c == '"' || c == '\\') {
            return "\\" + c;
        }
        return c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\u%04x", (int) c);
    }
}
