package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Sequence;
import dcluster.config.Yaml.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        } else if (is instanceof Sequence mine && not instanceof Sequence other && !isPlain(mine) && !isPlain(other)) {
            collect(key, byName(mine), byName(other), into);
        } else if (!word(is).equals(word(not))) {
            into.add(new Difference(key, word(is), word(not)));
        }
    }

    /** Elements are compared by their ids, wherever they stand; of those that only one list has the names are told. */
    private static void collect(String key, Map<String, Yaml> is, Map<String, Yaml> not, List<Difference> into) {
        if (is.size() != not.size()) {
            into.add(new Difference(key, "" + is.size(), "" + not.size()));
        } else if (!is.keySet().equals(not.keySet())) {
            into.add(new Difference(key, "" + is.keySet(), "" + not.keySet()));
        }
        is.forEach((name, element) -> {
            if (not.containsKey(name)) {
                collect(key + "." + name, element, not.get(name), into);
            }
        });
    }

    private static Map<String, Yaml> byName(Sequence list) {
        var named = new LinkedHashMap<String, Yaml>();
        for (int i = 0; i < list.elements().size(); i++) {
            var element = list.elements().get(i);
            named.put(name(element, i), element);
        }
        return named;
    }

    private static String name(Yaml element, int index) {
        return element instanceof Mapping mapping && mapping.get("id").orElse(null) instanceof Text id
                ? id.raw()
                : String.valueOf(index + 1);
    }

    /** Whether a list says all that it says in words. */
    private static boolean isPlain(Sequence list) {
        return list.elements().stream().allMatch(Text.class::isInstance);
    }

    private static String word(@Nullable Yaml yaml) {
        if (yaml instanceof Text text) {
            return text.raw();
        }
        if (yaml instanceof Sequence list) {
            return isPlain(list)
                    ? list.elements().stream().map(Difference::word).collect(Collectors.joining(", ", "[", "]"))
                    : String.valueOf(list.elements().size());
        }
        return yaml instanceof Mapping ? "there" : "absent";
    }

    @Override
    public String toString() {
        return key + " is " + is + ", not " + not;
    }

    /** The same where the second file is to take the place of the first. */
    String change() {
        return key + " was " + is + ", is " + not;
    }
}
