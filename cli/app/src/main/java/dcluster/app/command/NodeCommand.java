package dcluster.app.command;

import dcluster.app.member.MemberRun;
import dcluster.app.member.MutantConsent;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.config.ClusterFile;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "node",
        description = {
            "Run one node of a cluster in the foreground.",
            "'dcluster start' runs all of them in the background. The cluster file names all ports: none may"
                    + " be 0. The first start of a new cluster takes --bootstrap. ctrl-C or SIGTERM stops the node."
        })
final class NodeCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The cluster file, the same for all nodes.")
    private Path file = Path.of("");

    @Option(names = "--id", paramLabel = "NODE", required = true, description = "Which of the nodes this is, as n1.")
    private String id = "";

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private PluginOption plugins = new PluginOption();

    NodeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var config =
                ClusterFile.load(file, Overrides.NONE, Algorithms.load(plugins.in(session.home())), PortPicker.NONE);
        MutantConsent.require(config, session::say);
        var self = config.members().nodes().stream()
                .map(Member::id)
                .filter(node -> node.name().equals(id))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        file + " has no node '" + id + "'; it has "
                                + config.members().ids().stream()
                                        .map(NodeId::name)
                                        .collect(Collectors.joining(", "))));
        return new MemberRun(data.settings(config, self, session.home().cluster(config.name())))
                .run(session.cleanUps());
    }
}
