package dcluster.config;

import dcluster.config.Yaml.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** One of an enum's constants; {@code READ_INDEX} is written {@code read-index}. */
final class EnumForm<E extends Enum<E>> implements Form<E> {
    private final Map<String, E> constants = new LinkedHashMap<>();

    EnumForm(Class<E> type) {
        for (var constant : type.getEnumConstants()) {
            constants.put(Words.kebab(constant.name()), constant);
        }
    }

    @Override
    public String expected() {
        return Words.oneOf(constants.keySet());
    }

    @Override
    public E read(Yaml yaml, String what) {
        if (!(yaml instanceof Text text)) {
            throw wrong(yaml, what);
        }
        var constant = constants.get(text.raw());
        if (constant == null) {
            throw wrong(yaml, what, Words.didYouMean(text.raw(), constants.keySet()));
        }
        return constant;
    }

    @Override
    public Yaml write(E value) {
        return new Text(Place.NOWHERE, Words.kebab(value.name()));
    }
}
