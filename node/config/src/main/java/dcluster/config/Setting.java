package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import dcluster.config.Yaml.Sequence;
import java.util.List;

/**
 * A value for a key at some depth, as {@code storage.sync=never} says it: keys with dots between them, then the value
 * in YAML.
 */
record Setting(List<String> path, Yaml value) {
    /** @throws ConfigException if it is not of that form; it points at the place */
    static Setting parse(Place place, String text) {
        int equals = text.indexOf('=');
        var path = List.of(text.substring(0, Math.max(equals, 0)).split("\\.", -1));
        if (path.contains("") || path.size() > YamlReader.MAX_DEPTH) {
            throw new ConfigException(place, "a setting has the form key=value or key.key=value");
        }
        return new Setting(path, YamlReader.readValue(place, text.substring(equals + 1)));
    }

    /**
     * The mapping with this value in it, instead of the one that was there. What is not a mapping on the way to it is
     * replaced by one, but a list is an error.
     */
    Mapping applyTo(Mapping mapping) {
        var key = path.get(0);
        if (path.size() == 1) {
            return mapping.with(key, value);
        }
        var inner = mapping.get(key).orElseGet(() -> new Nothing(value.place()));
        if (inner instanceof Sequence) {
            throw new ConfigException(
                    value.place(), "'" + key + "' is a list, and settings do not reach into lists; edit the file");
        }
        var rest = new Setting(path.subList(1, path.size()), value);
        return mapping.with(key, rest.applyTo(inner instanceof Mapping m ? m : Mapping.empty(value.place())));
    }
}
