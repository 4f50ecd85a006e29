package dcluster.app.command;

import dcluster.app.client.OperationAnswer;
import dcluster.app.process.Cluster;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose admin ports an operation is asked of, and for how long. */
final class OperatorTarget {
    @Mixin
    private ClusterOption name = new ClusterOption();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long to wait for the answers; by default ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(10);

    Cluster in(Session session) {
        return name.in(session);
    }

    /** Asks all these members at the same time. */
    Map<Member, OperationAnswer> ask(List<Member> members, String operation, List<String> arguments) {
        return OperationAnswer.ask(members, operation, arguments, timeout);
    }
}
