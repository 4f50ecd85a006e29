package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One of the records of a sealed interface, by name: one without components is a word ({@code never}), another is a
 * mapping of its name to its components ({@code {every: {interval: 10ms}}}), or, as any record of one component, to
 * that alone ({@code {every: 10ms}}). Where all others are words its components may stand without its name: {@code
 * {phase-1: 4, phase-2: 2}}.
 */
final class ChoiceForm implements Form<Object> {
    private final Map<String, RecordForm<?>> choices = new LinkedHashMap<>();

    ChoiceForm(Map<String, RecordForm<?>> choices) {
        this.choices.putAll(choices);
    }

    @Override
    public String expected() {
        return Words.oneOf(choices.keySet().stream().map(this::shown).toList());
    }

    private String shown(String name) {
        var form = Objects.requireNonNull(choices.get(name));
        if (form.isEmpty()) {
            return name;
        }
        return isWrittenUnnamed(form)
                ? form.keys().stream().collect(Collectors.joining(": ..., ", "{", ": ...}"))
                : "{" + name + ": ...}";
    }

    @Override
    public Object read(Yaml yaml, String what) {
        if (yaml instanceof Text text) {
            return choice(text.raw())
                    .filter(RecordForm::isEmpty)
                    .orElseThrow(() -> wrong(yaml, what, Words.didYouMean(text.raw(), choices.keySet())))
                    .read(Mapping.empty(text.place()), text.raw());
        }
        if (!(yaml instanceof Mapping mapping)) {
            throw wrong(yaml, what);
        }
        var unnamed = unnamed(mapping);
        if (unnamed.isPresent()) {
            return unnamed.get().read(mapping, what);
        }
        if (mapping.entries().size() != 1) {
            throw wrong(yaml, what);
        }
        var entry = mapping.entries().entrySet().iterator().next();
        var key = new Text(entry.getValue().place(), entry.getKey());
        return choice(key.raw())
                .orElseThrow(() -> wrong(key, what, Words.didYouMean(key.raw(), choices.keySet())))
                .read(entry.getValue().value(), key.raw());
    }

    @Override
    public Yaml write(Object value) {
        var name = Words.kebab(value.getClass().getSimpleName());
        var form = Objects.requireNonNull(choices.get(name));
        if (form.isEmpty()) {
            return new Text(Place.NOWHERE, name);
        }
        var written = form.writeShort(value);
        return isWrittenUnnamed(form) ? written : Mapping.empty(Place.NOWHERE).with(name, written);
    }

    /** Of one component the name of the choice is wanted beside it. */
    private boolean isWrittenUnnamed(RecordForm<?> form) {
        return form.keys().size() > 1 && onlyOne().filter(form::equals).isPresent();
    }

    /** The only choice that has components; empty if there are several, or none. */
    private Optional<RecordForm<?>> onlyOne() {
        var named = choices.values().stream().filter(form -> !form.isEmpty()).toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    /** The choice that a mapping of components stands for: the only one that has any, if no key is its name. */
    private Optional<RecordForm<?>> unnamed(Mapping mapping) {
        var keys = mapping.entries().keySet();
        return onlyOne()
                .filter(form -> form.keys().stream().anyMatch(keys::contains))
                .filter(form -> keys.stream().noneMatch(key -> form.equals(choices.get(key))));
    }

    private Optional<RecordForm<?>> choice(String name) {
        return Optional.ofNullable(choices.get(name));
    }
}
