package dcluster.config;

import dcluster.config.Yaml.Nothing;
import java.util.Optional;

/** A value that may be absent, which is also written {@code null}, {@code ~} or nothing at all. */
record OptionalForm<T>(Form<T> present) implements Form<Optional<T>> {
    @Override
    public String expected() {
        return present.expected();
    }

    @Override
    public Optional<T> read(Yaml yaml, String what) {
        return yaml instanceof Nothing ? Optional.empty() : Optional.of(present.read(yaml, what));
    }

    @Override
    public Yaml write(Optional<T> value) {
        return value.map(present::write).orElseGet(() -> new Nothing(Place.NOWHERE));
    }
}
