package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A component of a record.
 *
 * @param fallback what counts where the key is not given; none if it must be. For a record it also counts key by key,
 *     where some are given and others are not
 */
record RecordField<V>(String key, Method accessor, Form<V> form, Optional<Yaml> fallback) {
    V read(Mapping mapping, String what) {
        var given = mapping.get(key).map(this::complete).or(() -> fallback);
        var yaml = given.orElseThrow(
                () -> new ConfigException(mapping.place(), what + " needs the key '" + key + "': " + form.expected()));
        return form.read(yaml, key);
    }

    private Yaml complete(Yaml given) {
        if (!(form instanceof RecordForm) || !(fallback.orElse(null) instanceof Mapping defaults)) {
            return given;
        }
        if (given instanceof Nothing) {
            return Mapping.empty(given.place()).over(defaults);
        }
        return given instanceof Mapping mapping ? mapping.over(defaults) : given;
    }

    @SuppressWarnings("unchecked") // the form is derived from the accessor's own type
    Yaml write(Record value) {
        try {
            return form.write((V) accessor.invoke(value));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor + " failed", e);
        }
    }
}
