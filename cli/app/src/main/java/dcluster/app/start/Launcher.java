package dcluster.app.start;

import dcluster.app.member.LogSetup;
import dcluster.app.member.MemberRun;
import dcluster.app.process.ClusterFolder;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.LogReader;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Heap;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Launches the processes of members in the background. */
final class Launcher {
    /** Flags for the virtual machines of nodes, after ours and so over them. */
    static final String FLAGS_VARIABLE = "DCLUSTER_NODE_FLAGS";

    /**
     * The serial collector starts fastest and needs least memory. What dies young gets 32 MiB, or Java would take a
     * share of the machine's memory before it collects for the first time; the rest grows as the data asks for, up to
     * what the cluster file's bounds add up to. Without memory a node cannot keep its word, so it ends. Performance data
     * would leave a file behind at each kill -9.
     */
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xms48m", "-Xmn32m", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData");

    private final Executable executable;
    private final Detached detached;
    private final List<String> moreFlags;

    Launcher(Executable executable, Detached detached, List<String> moreFlags) {
        this.executable = executable;
        this.detached = detached;
        this.moreFlags = moreFlags;
    }

    /** With this very program, as the environment says. */
    static Launcher of(Map<String, String> environment) {
        var flags = environment.getOrDefault(FLAGS_VARIABLE, "").strip();
        return new Launcher(
                Executable.current(),
                Detached.of(environment),
                flags.isEmpty() ? List.of() : Arrays.asList(flags.split("\\s+")));
    }

    /**
     * Launches the process of a member that has none; it is recorded before and after. It is told to begin unless it
     * has before: whoever has promised anything was seen to be ready, or at least has left the file of its incarnation.
     *
     * @throws Failure if the system refuses
     */
    Launched launch(ClusterFolder folder, ProcessRecord record) {
        var token = "dcluster-" + UUID.randomUUID();
        // Kept in two places, so that to delete one of them with the data makes no new member of this one.
        var known = Files.exists(folder.incarnation(record.id())) ? record.beginning() : record;
        var launching = known.launching(command(folder, known, token), token);
        var log = folder.log(record.id());
        long logOffset = LogReader.size(log);
        folder.keep(launching);
        try {
            var process = new ProcessBuilder(launching.command())
                    .directory(folder.path().toFile())
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .redirectErrorStream(true)
                    .start();
            var started = process.info().startInstant().map(Instant::toEpochMilli);
            var launched = launching.launched(process.pid(), started.orElse(0L));
            folder.keep(launched);
            return new Launched(launched, process, log, logOffset);
        } catch (IOException e) {
            folder.keep(known);
            throw new Failure(Exit.RESOURCE, "cannot launch " + record.id() + ": " + e.getMessage(), e);
        }
    }

    List<String> command(ClusterFolder folder, ProcessRecord record, String token) {
        var heap = Heap.of(folder.config());
        var flags = new ArrayList<>(FLAGS);
        flags.add("-Xmx" + ((record.coordinator() ? heap.coordinatorBytes() : heap.nodeBytes()) >> 10) + "k");
        flags.add("-XX:ErrorFile=" + folder.path().resolve("logs").resolve(record.id() + "-crash.log"));
        flags.add(ClusterProcess.TOKEN_FLAG + token);
        flags.add("-D" + MemberRun.ENDED_PROPERTY + "=" + folder.ended(record.id()));
        flags.add("-D" + LogSetup.FILE_PROPERTY + "=" + folder.log(record.id()));
        flags.addAll(moreFlags);
        var arguments = new ArrayList<String>();
        arguments.add(record.coordinator() ? "coordinator" : "node");
        arguments.addAll(List.of("-c", folder.config().toString()));
        arguments.addAll(record.coordinator() ? List.of() : List.of("--id", record.id()));
        arguments.addAll(List.of("--data", folder.data(record.id()).toString()));
        arguments.addAll(
                List.of("--incarnation", folder.incarnation(record.id()).toString()));
        arguments.addAll(record.begun() ? List.of() : List.of("--bootstrap"));
        record.plugins().forEach(plugin -> arguments.addAll(List.of("--plugin", plugin)));
        return detached.command(executable.command(flags, arguments));
    }
}
