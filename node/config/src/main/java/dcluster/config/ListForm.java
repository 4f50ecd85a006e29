package dcluster.config;

import dcluster.config.Yaml.Nothing;
import dcluster.config.Yaml.Sequence;
import java.util.List;
import java.util.Optional;

/** A list, each element in the same form; a key with nothing after it is the empty list. */
record ListForm<T>(Form<T> element) implements Form<List<T>> {
    @Override
    public String expected() {
        return "a list";
    }

    @Override
    public List<T> read(Yaml yaml, String what) {
        if (yaml instanceof Nothing) {
            return List.of();
        }
        if (!(yaml instanceof Sequence sequence)) {
            throw wrong(yaml, what);
        }
        var problems = new Problems();
        var elements = sequence.elements().stream()
                .map(each -> problems.attempt(() -> element.read(each, "an element of " + what)))
                .flatMap(Optional::stream)
                .toList();
        problems.throwIfAny();
        return elements;
    }

    @Override
    public Yaml write(List<T> value) {
        return new Sequence(Place.NOWHERE, value.stream().map(element::write).toList());
    }
}
