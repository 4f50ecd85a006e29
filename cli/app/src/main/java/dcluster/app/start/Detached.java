package dcluster.app.start;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a process is launched so that it outlives the command and its terminal: in a session of its own where the system
 * has {@code setsid}; elsewhere with the signals of a ctrl-C and of a closed terminal ignored, which a virtual machine
 * inherits. In both cases the launched process becomes the program itself, so its pid is the one that is recorded.
 */
record Detached(List<String> prefix) {
    private static final List<String> DEAF = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "dcluster");

    /** What this system offers. */
    static Detached of(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> new Detached(List.of(setsid.toString())))
                .orElse(new Detached(DEAF));
    }

    List<String> command(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }
}
