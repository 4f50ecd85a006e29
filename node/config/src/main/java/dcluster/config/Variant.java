package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import java.util.ArrayList;
import java.util.List;

/**
 * An algorithm and options for it in one word: {@code raft} or {@code raft:pre-vote=false,snapshot-every.entries=100}.
 * The options go over those that the file has for this algorithm.
 */
record Variant(Place place, String name, List<Setting> settings) {
    /** @throws ConfigException if it is not of that form; it points at the place */
    static Variant parse(Place place, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Variant(place, text, List.of());
        }
        var settings = new ArrayList<Setting>();
        for (var piece : pieces(text.substring(colon + 1))) {
            var setting = Setting.parse(place, piece);
            if (settings.stream().anyMatch(other -> other.path().equals(setting.path()))) {
                throw new ConfigException(place, "'" + String.join(".", setting.path()) + "' is given twice");
            }
            settings.add(setting);
        }
        return new Variant(place, text.substring(0, colon), settings);
    }

    /**
     * The options of the file with those of this variant over them.
     *
     * @throws ConfigException if there are any of this variant, and those of the file are no mapping
     */
    Yaml over(Yaml options) {
        if (settings.isEmpty()) {
            return options;
        }
        if (!(options instanceof Mapping) && !(options instanceof Nothing)) {
            throw new ConfigException(
                    options.place(), "the options of " + name + " are a mapping, not " + options.shown());
        }
        var all = options instanceof Mapping mapping ? mapping : Mapping.empty(options.place());
        for (var setting : settings) {
            all = setting.applyTo(all);
        }
        return all;
    }

    /** Cuts at commas, but not at those inside of brackets or quotes, which are part of a YAML value. */
    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        int start = 0;
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == ',' && depth == 0) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            } else {
                depth += "[{".indexOf(c) >= 0 ? 1 : "]}".indexOf(c) >= 0 ? -1 : 0;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }
}
