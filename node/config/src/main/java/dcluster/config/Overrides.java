package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Sequence;
import dcluster.config.Yaml.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says instead of the file, for one run.
 *
 * @param variant {@code -a}: the algorithm, with options that go over those which the file has for it
 * @param nodes {@code -n}: how many nodes
 * @param name {@code -N}: the cluster's name
 * @param sets {@code --set}: any other key with its value in YAML, as {@code storage.sync=never}; later ones win, but
 *     the three flags before win over all
 */
public record Overrides(Optional<String> variant, OptionalInt nodes, Optional<String> name, List<String> sets) {
    /** The file as it is. */
    public static final Overrides NONE =
            new Overrides(Optional.empty(), OptionalInt.empty(), Optional.empty(), List.of());

    public Overrides {
        sets = List.copyOf(sets);
    }

    /** The file's content with all of this in it; what cannot be put in is among the problems. */
    Mapping over(Mapping file, Problems problems) {
        var all = file;
        for (var set : sets) {
            var place = flag("--set", set);
            var before = all;
            all = problems.attempt(() -> Setting.parse(place, set).applyTo(before))
                    .orElse(before);
        }
        all = variant.isEmpty() ? all : all.with("algorithm", word("-a", variant.get()));
        all = nodes.isEmpty() ? all : all.with("nodes", word("-n", String.valueOf(nodes.getAsInt())));
        all = name.isEmpty() ? all : all.with("cluster", word("-N", name.get()));
        return keepList(file, all, problems);
    }

    private static Mapping keepList(Mapping file, Mapping all, Problems problems) {
        if (file.get("nodes").orElse(null) instanceof Sequence list
                && all.get("nodes").orElse(null) instanceof Text count) {
            problems.add(
                    count.place(),
                    "the nodes are listed one by one at " + list.place()
                            + "; edit the list, or write a count there, as in 'nodes: 3'");
            return all.with("nodes", list);
        }
        return all;
    }

    private static Yaml word(String flag, String value) {
        return new Text(flag(flag, value), value);
    }

    private static Place flag(String flag, String value) {
        return Place.flag(flag + " " + Words.oneLine(value));
    }
}
