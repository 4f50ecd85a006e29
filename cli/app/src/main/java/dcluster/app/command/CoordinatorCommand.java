package dcluster.app.command;

import dcluster.app.member.MemberRun;
import dcluster.app.member.MutantConsent;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import dcluster.config.ClusterFile;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "coordinator",
        description = {
            "Run the coordinator of a cluster in the foreground.",
            "It takes the commands of clients at one address and passes each to a node, unless the algorithm"
                    + " gives it a role of its own. 'dcluster start' runs it in the background if the cluster file has"
                    + " one."
        })
final class CoordinatorCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The cluster file, the same as for all nodes.")
    private Path file = Path.of("");

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private PluginOption plugins = new PluginOption();

    CoordinatorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var config =
                ClusterFile.load(file, Overrides.NONE, Algorithms.load(plugins.in(session.home())), PortPicker.NONE);
        MutantConsent.require(config, session::say);
        var self = config.members()
                .coordinator()
                .orElseThrow(() -> new Failure(
                        Exit.BAD_CONFIG, file + " has no coordinator; 'coordinator: true' in it gives it one"))
                .id();
        return new MemberRun(data.settings(config, self, session.home().cluster(config.name())))
                .run(session.cleanUps());
    }
}
