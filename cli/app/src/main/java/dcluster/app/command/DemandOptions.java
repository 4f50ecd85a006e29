package dcluster.app.command;

import dcluster.checker.availability.Demand;
import dcluster.checker.convergence.Settling;
import dcluster.checker.staleness.Bound;
import dcluster.checker.verdict.Demands;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a store is held to by the checks whose model alone does not say. */
final class DemandOptions {
    @Option(
            names = "--settle",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Of convergence: how long after the last heal or write nodes may differ; by default 0s.")
    private Duration settle = Duration.ZERO;

    @Option(
            names = "--behind",
            paramLabel = "BOUND",
            converter = BoundConverter.class,
            description = "Of staleness: how far behind a read may be, in versions as 2 or in time as 500ms; by default"
                    + " 0.")
    private Bound behind = Demands.USUAL.staleness();

    @Option(
            names = "--answered",
            paramLabel = "SHARE",
            converter = ShareConverter.class,
            description = "Of availability: the share of operations that has to be answered, as 99.5%%.")
    private @Nullable Double answered;

    @Option(
            names = "--outage",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Of availability: the longest time without any answer.")
    private @Nullable Duration outage;

    @Option(
            names = "--recovery",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Of availability: the longest time until the next answer after each note of the nemesis.")
    private @Nullable Duration recovery;

    Demands demands() {
        var service = Stream.<@Nullable Demand>of(
                        answered == null ? null : new Demand.Share(answered),
                        outage == null ? null : new Demand.LongestOutage(outage),
                        recovery == null ? null : new Demand.Recovered(recovery))
                .filter(Objects::nonNull)
                .<Demand>map(Objects::requireNonNull)
                .toList();
        return new Demands(Settling.after(settle), behind, List.copyOf(service));
    }
}
