package dcluster.config;

/** A value together with the place where it was given, for what can be judged only later, beside other values. */
public record Located<T>(Place place, T value) {
    /** A value that nobody gave. */
    public static <T> Located<T> nowhere(T value) {
        return new Located<>(Place.NOWHERE, value);
    }

    /** What to throw if it is wrong: the message begins with the place. */
    public ConfigException refused(String message) {
        return new ConfigException(place, message);
    }

    /** As the value alone. */
    record InForm<T>(Form<T> form) implements Form<Located<T>> {
        @Override
        public String expected() {
            return form.expected();
        }

        @Override
        public Located<T> read(Yaml yaml, String what) {
            return new Located<>(yaml.place(), form.read(yaml, what));
        }

        @Override
        public Yaml write(Located<T> value) {
            return form.write(value.value());
        }
    }
}
