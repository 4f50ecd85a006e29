package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Subject RAFT = Subjects.of("raft", 3, 5);

    private static Subject subject(String algorithm) {
        return algorithm.equals("none") ? Subjects.of(algorithm, 1) : Subjects.of(algorithm, 3, 5);
    }

    private static Findings findings(String algorithm, long seed) {
        return new Life(subject(algorithm), Terms.DEFAULT, seed)
                .live(Trace.NONE)
                .findings();
    }

    /**
     * What a seed does is written down: a change of it may be meant, as any change of an algorithm changes it, but is to
     * be noticed. {@code -Ddcluster.golden=write} writes it anew.
     */
    @ParameterizedTest
    @ValueSource(strings = {"abd", "quorum", "paxos", "raft", "none", "two-phase-commit"})
    void aSeedDoesWhatItDidOnAnyMachineBefore(String algorithm) throws IOException {
        var file = GOLDEN.resolve(algorithm + ".txt");
        var hashes = LongStream.rangeClosed(1, 6)
                .mapToObj(seed -> findings(algorithm, seed))
                .map(found -> found.seed() + " " + Long.toHexString(found.digest()) + " " + found.events() + "\n")
                .collect(Collectors.joining());
        if ("write".equals(System.getProperty("dcluster.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, hashes);
        } else {
            assertThat(hashes).as(file.toString()).isEqualTo(Files.readString(file));
        }
    }

    @Test
    void aTraceTellsAllThatTheHashStandsForAndChangesNothing() {
        var lines = new ArrayList<String>();
        var traced =
                new Life(RAFT, Terms.DEFAULT, 2).live(new TraceText(lines::add)).findings();
        assertThat(traced.digest()).isEqualTo(findings("raft", 2).digest());
        assertThat(lines.size()).isEqualTo(traced.events());
    }

    @Test
    void aViolationIsTheLastLineOfTheTrace() {
        var lines = new ArrayList<String>();
        var subject = new Subject(List.of(Subjects.everyoneForThemselves()));
        var outcome = new Life(subject, Terms.DEFAULT, 1).live(new TraceText(lines::add));
        assertThat(lines.get(lines.size() - 1))
                .endsWith("violation, of Convergence, by "
                        + outcome.violation().orElseThrow().what());
    }

    /** As ShiViz demands it, and as vector clocks are: without gaps, and what is received knows all that its sender did. */
    @Test
    void theClocksOfTheShivizLogAreRight() {
        var lines = new ArrayList<String>();
        new Life(RAFT, Terms.DEFAULT, 1).live(new ShivizLog(lines::add));
        var form =
                Pattern.compile(ShivizLog.EXPRESSION.replace("{.*}", "\\{.*\\}").replace("\\n", "\n"));
        var own = new HashMap<String, Long>();
        var receipts = 0;
        for (int i = 2; i < lines.size(); i += 2) {
            var event = form.matcher(lines.get(i) + "\n" + lines.get(i + 1));
            assertThat(event.matches()).as("line %d", i).isTrue();
            var host = event.group("host");
            long count = own.merge(host, 1L, Long::sum);
            assertThat(event.group("clock")).contains("\"" + host + "\":" + count);
            receipts += event.group("event").startsWith("receives ") ? 1 : 0;
        }
        assertThat(receipts).isGreaterThan(1000);
        assertThat(own).containsKeys("n1", "n2", "n3", "world");
    }
}
