package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.Commands;
import dcluster.config.Algorithms;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import dcluster.lab.simulation.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What text can tell about the whole tree. */
class TidyTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;
    private static final int EQUAL_LINES = 20;

    // Written apart, so that this file does not find itself.
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK|WI"
            + "P)\\b|@Dis" + "abled|new Unsupported" + "OperationException");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sl" + "eep|TimeUnit\\.[A-Z]+\\.sl" + "eep");
    private static final Pattern MOCK = Pattern.compile("org\\.mock" + "ito|@Mo" + "ck\\b");
    private static final Pattern TYPE = Pattern.compile("\\b(class|record|interface|enum)\\b[^(]*\\b[A-Z]");
    private static final Pattern NAME =
            Pattern.compile("(Impl|Manager|Helper|Utils?)\\.java$|/Abstract[A-Z][A-Za-z]*\\.java$");

    @Test
    void nothingIsLeftForLater() {
        var everything = new ArrayList<>(Repository.sources(true));
        everything.addAll(Repository.files("bin", "cluster-configs", "pom.xml"));
        assertThat(everything.stream().flatMap(file -> matches(file, LEFT_OVER)))
                .isEmpty();
    }

    @Test
    void testsNeitherSleepNorMock() {
        var tests = Repository.sources(true).stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .toList();
        assertThat(tests).isNotEmpty();
        assertThat(tests.stream().flatMap(file -> Stream.concat(matches(file, SLEEP), matches(file, MOCK))))
                .isEmpty();
    }

    @Test
    void noFileIsTooLong() {
        assertThat(Repository.sources(true))
                .filteredOn(file -> Repository.lines(file).size() > LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void noMethodIsTooLong() {
        var methods =
                Repository.sources(false).stream().flatMap(TidyTest::methods).toList();
        assertThat(methods).hasSizeGreaterThan(500);
        assertThat(methods.stream().filter(method -> method.length() > LONGEST_METHOD))
                .isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(Repository.sources(true).stream()
                        .filter(file -> NAME.matcher(file.toString()).find()))
                .isEmpty();
    }

    @Test
    void everyPackageIsDescribed() {
        var packages = Repository.sources(false).stream()
                .map(Path::getParent)
                .distinct()
                .toList();
        assertThat(packages).hasSizeGreaterThan(10).allSatisfy(folder -> {
            var text = String.join("\n", Repository.lines(folder.resolve("package-info.java")));
            assertThat(text).as("%s", folder).contains("@NullMarked").contains("/**");
        });
    }

    @Test
    void everyEagerOutputIsExplained() {
        var uses = Repository.files("algorithms").stream()
                .filter(file -> file.toString().contains("/src/main/")
                        && file.toString().endsWith(".java"))
                .flatMap(TidyTest::unexplained)
                .toList();
        assertThat(uses).isEmpty();
    }

    @Test
    void noTwoAlgorithmsShareTwentyLines() throws IOException {
        var owners = new HashMap<String, String>();
        var shared = new ArrayList<String>();
        try (var modules = Files.list(Repository.root().resolve("algorithms"))) {
            for (var module : modules.filter(Files::isDirectory).sorted().toList()) {
                var name = module.getFileName().toString();
                windows(name).forEach(window -> {
                    var earlier = owners.putIfAbsent(window, name);
                    if (earlier != null && !earlier.equals(name)) {
                        shared.add(earlier + " and " + name + ":\n" + window);
                    }
                });
            }
        }
        assertThat(owners).isNotEmpty();
        assertThat(shared).isEmpty();
    }

    @Test
    void everyClusterConfigLoads() {
        var algorithms = Algorithms.load(List.of());
        var files = Repository.files("cluster-configs").stream()
                .filter(file -> Repository.root().resolve("cluster-configs").equals(file.getParent()))
                .toList();
        assertThat(files).isNotEmpty();
        assertThat(files).allSatisfy(file -> {
            var config = ClusterFile.load(file, Overrides.NONE, algorithms, PortPicker.NONE);
            assertThat(config.name() + ".yaml").isEqualTo(file.getFileName().toString());
        });
    }

    @Test
    void everyScenarioLoads() {
        assertThat(Repository.files("cluster-configs/scenarios"))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(Scenario.read(ClusterText.read(file)).seed()).isEmpty());
    }

    @Test
    void theTopLevelIsAsDesigned() throws IOException {
        try (var children = Files.list(Repository.root())) {
            assertThat(children.map(path -> path.getFileName().toString())
                            .filter(name -> !name.startsWith(".") && !name.equals("target")))
                    .isSubsetOf(
                            "pom.xml", "algorithms", "node", "cli", "cluster-configs", "bin", "README.md", "LICENSE")
                    .contains("pom.xml", "algorithms", "node", "cli", "cluster-configs", "bin");
        }
    }

    @Test
    void theReadmeListsJustTheCommandsThatThereAre() {
        var readme = Repository.root().resolve("README.md");
        if (Files.exists(readme)) {
            assertThat(commandTable(Repository.lines(readme)))
                    .as("README's table with the heading '| command |'")
                    .containsExactlyElementsOf(Commands.names());
        }
    }

    /** The first words of the code in the first column of the table that begins with {@code | command}. */
    private static List<String> commandTable(List<String> lines) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith("| command"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.replaceAll("^\\| *`(?:dcluster )?([a-z]+).*", "$1"))
                .toList();
    }

    private static Stream<String> matches(Path file, Pattern pattern) {
        var lines = Repository.lines(file);
        return IntStream.range(0, lines.size())
                .filter(i -> pattern.matcher(lines.get(i)).find())
                .mapToObj(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
    }

    private record Method(Path file, int line, int length) {}

    /**
     * The formatter indents members by four blanks, those of nested types by eight: what lies between is one method.
     */
    private static Stream<Method> methods(Path file) {
        return Stream.of("    ", "        ").flatMap(indent -> members(file, indent).stream());
    }

    private static List<Method> members(Path file, String indent) {
        var lines = Repository.lines(file);
        var methods = new ArrayList<Method>();
        int start = 0;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            boolean atIndent =
                    line.startsWith(indent) && line.length() > indent.length() && line.charAt(indent.length()) != ' ';
            if (line.equals(indent + "}") && !TYPE.matcher(lines.get(start)).find()) {
                methods.add(new Method(file, start + 1, i - start + 1));
            } else if (atIndent && !line.startsWith(indent + ")") && !line.startsWith(indent + "}")) {
                start = i;
            }
        }
        return methods;
    }

    private static Stream<String> unexplained(Path file) {
        var lines = Repository.lines(file);
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains(".eagerly()"))
                .filter(i -> lines.subList(Math.max(0, i - 3), i + 1).stream().noneMatch(line -> line.contains("//")))
                .mapToObj(i -> file + ":" + (i + 1));
    }

    /** All runs of so many lines with content in the sources of a module; imports do not count. */
    private static Stream<String> windows(String module) {
        return Repository.files("algorithms/" + module).stream()
                .filter(file -> file.toString().contains("/src/main/")
                        && file.toString().endsWith(".java"))
                .flatMap(file -> {
                    var lines = Repository.lines(file).stream()
                            .map(String::strip)
                            .filter(line ->
                                    !line.isEmpty() && !line.startsWith("import ") && !line.startsWith("package "))
                            .toList();
                    return IntStream.rangeClosed(0, lines.size() - EQUAL_LINES)
                            .mapToObj(i -> String.join("\n", lines.subList(i, i + EQUAL_LINES)));
                });
    }
}
