package dcluster.app.processes;

import dcluster.app.process.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the jar's commands in one home, each as a process. */
record Cli(Path home) {
    /** What is tested. */
    static final Path JAR = Path.of(System.getProperty("dcluster.jar", "target/dcluster.jar"))
            .toAbsolutePath()
            .normalize();

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** Commands live for a moment only: they need no second compiler. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

    /** Runs a command to its end. */
    Ended run(String... arguments) {
        return run(List.of(arguments));
    }

    Ended run(List<String> arguments) {
        try (var launched = launch(command(arguments))) {
            return launched.ended();
        }
    }

    /** The command line that runs a command. */
    List<String> command(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(JAVA.toString());
        command.addAll(SHORT_LIVED);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Launches any command line, with this home in its environment. */
    Launched launch(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("DCLUSTER_"));
        builder.environment().put(Home.VARIABLE, home.toString());
        return Launched.of(builder);
    }
}
