package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Traits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "algorithms",
        description = {
            "List the algorithms, or tell what one promises and takes.",
            "An option is set in the cluster file under options: NAME:, or on the command line as in -a"
                    + " raft:pre-vote=false."
        })
final class AlgorithmsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The algorithm to show.")
    private @Nullable String name;

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private FormatOption format = new FormatOption();

    AlgorithmsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var algorithms = Algorithms.load(plugins.in(session.home()));
        if (name == null) {
            var rows =
                    algorithms.all().stream().map(each -> row(each, algorithms)).toList();
            format.in(session).list(List.of("name", "consistency", "summary"), rows);
            return Exit.OK;
        }
        var chosen = algorithms
                .byName(name)
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        "there is no algorithm '" + name + "'; there are: " + String.join(", ", algorithms.names())));
        show(chosen, algorithms);
        return Exit.OK;
    }

    private void show(AlgorithmProvider<?, ?, ?, ?> chosen, Algorithms algorithms) {
        var output = format.in(session);
        var row = row(chosen, algorithms);
        var options = AlgorithmOptions.of(chosen.configType());
        if (!output.isTable()) {
            row.put("options", options);
            output.object(row);
            return;
        }
        output.object(row);
        output.line("");
        if (options.isEmpty()) {
            output.line("It has no options.");
        } else {
            output.list(List.of("option", "type", "default"), options);
        }
    }

    private static Map<String, @Nullable Object> row(AlgorithmProvider<?, ?, ?, ?> provider, Algorithms algorithms) {
        var traits = Offers.traits(provider.name(), algorithms);
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("name", provider.name());
        row.put("summary", provider.summary());
        row.put("coordinator", provider.hasCoordinator() ? "has a role of its own" : "only routes");
        row.put("consistency", traits.map(AlgorithmsCommand::consistency).orElse("depends on its options"));
        traits.ifPresent(known -> {
            row.put("tolerates", known.tolerates());
            if (!known.unserved().isEmpty()) {
                row.put(
                        "unserved",
                        known.unserved().keySet().stream()
                                .map(Class::getSimpleName)
                                .sorted()
                                .toList());
            }
            if (!known.operations().isEmpty()) {
                row.put("operations", List.copyOf(known.operations().keySet()));
            }
        });
        return row;
    }

    private static String consistency(Traits traits) {
        return traits.consistency().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
