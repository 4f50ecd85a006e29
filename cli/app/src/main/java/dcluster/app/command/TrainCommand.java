package dcluster.app.command;

import dcluster.app.member.MemberRun;
import dcluster.app.process.ClusterFolder;
import dcluster.app.process.Clusters;
import dcluster.app.process.Deletion;
import dcluster.app.process.Home;
import dcluster.app.process.ProcessRecord;
import dcluster.app.start.Plan;
import dcluster.app.start.Planner;
import dcluster.app.start.Wanted;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Terminal;
import dcluster.config.Overrides;
import dcluster.runtime.MemberSettings;
import dcluster.runtime.Memory;
import dcluster.runtime.Memory.Empty;
import dcluster.spi.Member;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        hidden = true,
        description = {
            "Do a little of everything, in one process and for no eyes.",
            "bin/dcluster has Java write down which classes that takes, and makes the class-data archive of them."
        })
final class TrainCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TrainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("dcluster-train");
        try {
            var nowhere = new PrintStream(OutputStream.nullOutputStream());
            var clusters = new Clusters(new Home(folder), session.clusters().machine());
            train(new Session(clusters, Terminal.NONE, history(), nowhere, nowhere, session.cleanUps()));
        } finally {
            Deletion.of(folder);
        }
        return Exit.OK;
    }

    private void train(Session quiet) {
        var root = new CommandLine(CommandSpec.forAnnotatedObject(spec.root().userObject()));
        Commands.addFor(List.of(), root, quiet);
        root.usage(quiet.out());
        run(new StartCommand(quiet), "--dry-run", "--set", "port=0");
        run(new AlgorithmsCommand(quiet));
        run(new CheckCommand(quiet), "-");
        var plan = plan(quiet.clusters());
        var member = plan.config().members().nodes().get(0);
        keepOwn(plan.cluster().folder(), member);
        var folder = plan.cluster().folder();
        String name = member.id().name();
        var settings = new MemberSettings(
                plan.config(),
                member.id(),
                folder.data(name),
                new Memory(folder.incarnation(name), Empty.NEW),
                "training");
        MemberRun.during(settings, () -> {
            run(new PsCommand(quiet));
            run(new StatusCommand(quiet));
            run(new StatusCommand(quiet), "-o", "json");
            run(new KvPut(quiet), "key", "value");
            run(new KvGet(quiet), "key");
        });
    }

    /** One that is read from the standard input. */
    private static InputStream history() {
        var events = """
                {"process":1,"type":"invoke","f":"read","key":"x","value":null,"time":1}
                {"process":1,"type":"ok","f":"read","key":"x","value":null,"time":2}
                {"process":1,"type":"invoke","f":"write","key":"x","value":1,"time":3}
                """;
        return new ByteArrayInputStream(events.getBytes(StandardCharsets.UTF_8));
    }

    private static Plan plan(Clusters clusters) {
        var overrides = new Overrides(Optional.empty(), OptionalInt.of(1), Optional.of("train"), List.of("port=0"));
        return new Planner(clusters, new Wanted(Optional.empty(), overrides), List.of()).prepare();
    }

    /** The member runs in this very process, and commands are to find it. */
    private static void keepOwn(ClusterFolder folder, Member member) {
        var own = ProcessHandle.current();
        long started = own.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        folder.keep(ProcessRecord.initial(member, false, List.of())
                .launching(List.of(), "this process")
                .launched(own.pid(), started));
    }

    private static void run(Object command, String... arguments) {
        new CommandLine(command).execute(arguments);
    }
}
