package dcluster.app.bench;

import dcluster.app.terminal.Output;
import dcluster.app.terminal.Spans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All measurements as they are printed: for people a table each, for programs one object. */
public record StalenessView(
        Staleness wanted,
        Optional<VisibilityTable> visibility,
        Optional<ConvergenceTable> convergence,
        Optional<ConsistencyTable> consistency) {
    /** Whether all faults that were to be there were felt; otherwise nothing is shown of what they do. */
    public boolean isConfirmed() {
        return convergence.map(ConvergenceTable::isConfirmed).orElse(true)
                && consistency.map(ConsistencyTable::isConfirmed).orElse(true);
    }

    public void print(Output output) {
        if (!output.isTable()) {
            output.object(json());
            return;
        }
        output.line(wanted.command());
        visibility.ifPresent(table -> table.print(output));
        convergence.ifPresent(table -> table.print(output));
        consistency.ifPresent(table -> table.print(output));
    }

    private Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", wanted.command());
        json.put("confirmed", isConfirmed());
        json.put("seed", wanted.seed());
        json.put("nodes", wanted.nodes());
        json.put("delay", Spans.exact(wanted.delay()));
        json.put("tail", wanted.hasTail());
        json.put("trials", wanted.trials());
        json.put("runs", wanted.runs());
        json.put("keys", wanted.keys());
        json.put("after", wanted.after().stream().map(Spans::exact).toList());
        visibility.ifPresent(table -> json.put("visibility", table.json()));
        convergence.ifPresent(table -> json.put("convergence", table.json()));
        consistency.ifPresent(table -> json.put("consistency", table.json()));
        return json;
    }
}
