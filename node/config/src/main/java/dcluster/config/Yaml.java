package dcluster.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A piece of YAML and where it stands. Scalars keep their text as it was written: what it means is for the {@link Form}
 * to say that expects it, so that {@code no} is no boolean and {@code 010} is ten. Immutable.
 */
sealed interface Yaml {
    Place place();

    /** What it is, as an error says it. */
    String shown();

    /** A scalar. {@code quoted} is true of block scalars, too: they are texts, whatever they look like. */
    record Text(Place place, String raw, boolean quoted) implements Yaml {
        private static final Pattern NUMBER_OR_TRUTH = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?|true|false");

        /** Without quotes. */
        Text(Place place, String raw) {
            this(place, raw, false);
        }

        /** Whether it would be a number or a truth, had it no quotes. */
        boolean isTextByItsQuotes() {
            return quoted && NUMBER_OR_TRUTH.matcher(raw).matches();
        }

        @Override
        public String shown() {
            return Words.quote(raw);
        }

        /** What it is where a number or a truth belongs. */
        String shownAsValue() {
            return isTextByItsQuotes() ? "the text " + shown() + "; write it without quotes" : shown();
        }
    }

    /** Where a value could be and is not: nothing, {@code ~} or {@code null}, not quoted. */
    record Nothing(Place place) implements Yaml {
        @Override
        public String shown() {
            return "empty";
        }
    }

    record Sequence(Place place, List<Yaml> elements) implements Yaml {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String shown() {
            return "a list";
        }
    }

    /** A key's place and its value. */
    record Entry(Place place, Yaml value) {}

    record Mapping(Place place, Map<String, Entry> entries) implements Yaml {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Mapping empty(Place place) {
            return new Mapping(place, Map.of());
        }

        Optional<Yaml> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        Mapping with(String key, Yaml value) {
            var all = new LinkedHashMap<>(entries);
            all.put(key, new Entry(value.place(), value));
            return new Mapping(place, all);
        }

        /** This mapping with those entries of another one whose keys it lacks. */
        Mapping over(Mapping other) {
            var all = new LinkedHashMap<>(entries);
            other.entries.forEach(all::putIfAbsent);
            return new Mapping(place, all);
        }

        @Override
        public String shown() {
            return "a mapping";
        }
    }
}
