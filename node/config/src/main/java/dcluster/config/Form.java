package dcluster.config;

/**
 * How values of one type are written in YAML, in both directions: what {@code write} makes, {@code read} takes for an
 * equal value. {@link Forms} derives them from types. Immutable.
 */
interface Form<T> {
    /** What belongs here, for errors: "a duration such as 150ms". */
    String expected();

    /**
     * The value that the YAML stands for.
     *
     * @param what what is being read, for errors: the key, or what a list holds
     * @throws ConfigException if it is not of this form; tells everything that is wrong with it
     */
    T read(Yaml yaml, String what);

    /** The YAML that stands for the value, at no particular place. */
    Yaml write(T value);

    /** The complaint that something else was found. */
    default ConfigException wrong(Yaml found, String what) {
        return wrong(found, what, "");
    }

    /** The same with a hint at its end, as {@link Words#didYouMean} gives it. */
    default ConfigException wrong(Yaml found, String what, String hint) {
        return new ConfigException(found.place(), what + " is " + expected() + ", not " + found.shown() + hint);
    }
}
