package dcluster.app.start;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this very program is started as another process: the same Java, the same jar.
 *
 * @param java the {@code java} of the running virtual machine
 * @param classPath what it was started with: one jar, or classes and jars in a development environment
 * @param mainClass used where the class path is not one jar
 * @param archive flags that make it load its classes from the class-data archive that {@code bin/dcluster} keeps, so
 *     that it starts in half the time; none if there is no archive
 */
record Executable(Path java, String classPath, String mainClass, List<String> archive) {
    /** The system property in which {@code bin/dcluster} passes on the flag for the archive. */
    static final String ARCHIVE_PROPERTY = "dcluster.archive";

    /** The virtual machine that runs this. */
    static Executable current() {
        var archive = System.getProperty(ARCHIVE_PROPERTY, "");
        return new Executable(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path", ""),
                "dcluster.app.Main",
                archive.isEmpty() ? List.of() : List.of(archive, "-Xlog:disable", "-Xlog:all=error:stderr"));
    }

    /** The command line that runs it with these flags and arguments. */
    List<String> command(List<String> flags, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(archive);
        command.addAll(flags);
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            command.addAll(List.of(
                    "-jar", Path.of(classPath).toAbsolutePath().normalize().toString()));
        } else {
            command.addAll(List.of("-cp", classPath, mainClass));
        }
        command.addAll(arguments);
        return command;
    }
}
