package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Sequence;
import dcluster.config.Yaml.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key, with dots down to where they differ, at which two files say different things; as words of YAML. */
record Difference(String key, String is, String not) {
    /** All of them, in the order of the first file; those keys that only the second one has come last. */
    static List<Difference> between(Mapping is, Mapping not) {
        var differences = new ArrayList<Difference>();
        collect("", is, not, differences);
        return differences;
    }

    private static void collect(String key, @Nullable Yaml is, @Nullable Yaml not, List<Difference> into) {
        if (is instanceof Mapping mine && not instanceof Mapping other) {
            var keys = new LinkedHashSet<>(mine.entries().keySet());
            keys.addAll(other.entries().keySet());
            keys.forEach(inner -> collect(
                    key.isEmpty() ? inner : key + "." + inner,
                    mine.get(inner).orElse(null),
                    other.get(inner).orElse(null),
                    into));
        } else if (is instanceof Sequence mine
                && not instanceof Sequence other
                && mine.elements().size() == other.elements().size()) {
            for (int i = 0; i < mine.elements().size(); i++) {
                var element = mine.elements().get(i);
                collect(key + "." + name(element, i), element, other.elements().get(i), into);
            }
        } else if (!word(is).equals(word(not))) {
            into.add(new Difference(key, word(is), word(not)));
        }
    }

    private static String name(Yaml element, int index) {
        return element instanceof Mapping mapping && mapping.get("id").orElse(null) instanceof Text id
                ? id.raw()
                : String.valueOf(index + 1);
    }

    private static String word(@Nullable Yaml yaml) {
        if (yaml instanceof Text text) {
            return text.raw();
        }
        if (yaml instanceof Sequence list) {
            return String.valueOf(list.elements().size());
        }
        return yaml instanceof Mapping ? "there" : "absent";
    }

    @Override
    public String toString() {
        return key + " is " + is + ", not " + not;
    }
}
