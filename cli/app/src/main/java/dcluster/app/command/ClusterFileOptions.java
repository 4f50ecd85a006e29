package dcluster.app.command;

import dcluster.app.start.BundledConfig;
import dcluster.app.start.Wanted;
import dcluster.config.Overrides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new cluster is to be: a cluster file, and what the command line says instead of it. */
final class ClusterFileOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The cluster file; by default " + BundledConfig.DEFAULT + ", which is in the jar.")
    private @Nullable Path file;

    @Option(
            names = {"-a", "--algorithm"},
            paramLabel = "VARIANT",
            description = "Another algorithm, with options: raft, or raft:pre-vote=false,check-quorum=false.")
    private @Nullable String variant;

    @Option(
            names = {"-n", "--nodes"},
            paramLabel = "COUNT",
            description = "Another number of nodes.")
    private @Nullable Integer nodes;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any other key of the file, as storage.sync=never or port=0; may be repeated.")
    private List<String> sets = new ArrayList<>();

    /** The cluster that these describe, by that name if one is given. */
    Wanted wanted(Optional<String> name) {
        var count = nodes == null ? OptionalInt.empty() : OptionalInt.of(nodes);
        return new Wanted(Optional.ofNullable(file), new Overrides(Optional.ofNullable(variant), count, name, sets));
    }

    /** All of it, as words of a command line that mean the same in any folder. */
    List<String> words() {
        var words = new ArrayList<String>();
        add(words, "-c", file == null ? null : file.toAbsolutePath().normalize());
        add(words, "-a", variant);
        add(words, "-n", nodes);
        sets.forEach(set -> add(words, "--set", set));
        return words;
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString());
        }
    }
}
