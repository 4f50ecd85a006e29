package dcluster.config;

/** A value together with the place where it was given, for what can be judged only later, beside other values. */
record Located<T>(Place place, T value) {

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
