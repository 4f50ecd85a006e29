package dcluster.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.client.NodeReport;
import dcluster.app.process.Machine.Running;
import dcluster.app.terminal.Failure;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private final Map<String, NodeReport> reports = new LinkedHashMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    @Test
    void namesMeanThemselvesAndEachIsMeantOnce() {
        assertThat(select("n2", "n1", "n2")).containsExactly("n2", "n1");
        assertThat(select("all", "coordinator")).containsExactly("n1", "n2", "n3", "coordinator");
    }

    @Test
    void theLeaderIsTheOneOfTheGreatestTerm() {
        report("n1", "leader", 4);
        report("n2", "leader", 5);
        assertThat(select("leader")).containsExactly("n2");
    }

    @Test
    void theLeaderIsTheOneOfTheGreatestBallot() {
        report("n1", "leader", Map.of("promised", "9.n1.1"));
        report("n2", "leader", Map.of("promised", "10.n2.1"));
        report("n3", "leader", Map.of("promised", "none"));
        assertThat(select("leader")).containsExactly("n2");
    }

    @Test
    void oneCanBeLeftOutOfAllThatWordsMean() {
        report("n1", "leader", 1);
        report("n2", "follower", 1);
        var selector = new Selector(processes(), unreadable, new SplittableRandom(1), () -> reports);
        var others = selector.without(processes().get(0));
        assertThat(others.select(List.of("all")).stream().map(ClusterProcess::id))
                .containsExactly("n2", "n3");
        assertThatThrownBy(() -> others.select(List.of("leader"))).isInstanceOf(Failure.class);
    }

    @Test
    void aRoleMeansOneThatPlaysItAndItsPluralAll() {
        report("n1", "follower", 5);
        report("n2", "leader", 5);
        report("n3", "follower", 5);
        assertThat(select("follower")).hasSize(1).isSubsetOf("n1", "n3");
        assertThat(select("followers")).containsExactly("n1", "n3");
        assertThat(select("leader", "follower")).hasSize(2).contains("n2");
    }

    @Test
    void randomOnesAreChosenAmongThoseThatRun() {
        assertThat(select("random(2)")).hasSize(2).isSubsetOf("n1", "n2", "n3").doesNotHaveDuplicates();
        assertThatThrownBy(() -> select("random(4)"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("3 nodes run");
    }

    @Test
    void whatMeansNothingIsToldWithWhatWouldMeanSomething() {
        report("n1", "leader", 1);
        assertThatThrownBy(() -> select("n4"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("n1, n2, n3")
                .hasMessageContaining("roles now: leader");
        assertThatThrownBy(() -> select("random(0)")).isInstanceOf(Failure.class);
    }

    @Test
    void noLeaderIsNoChoice() {
        report("n1", "candidate", 1);
        assertThatThrownBy(() -> select("leader"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no node says that it leads");
    }

    @Test
    void namesNeedNoAnswersOfNodes() {
        var selector = new Selector(processes(), List.of(), new SplittableRandom(1), () -> {
            throw new AssertionError("asked");
        });
        assertThat(selector.select(List.of("n1", "all", "random(1)"))).hasSize(3);
    }

    @Test
    void aMemberWhoseRecordCannotBeReadCannotBeChosenNeitherByNameNorAsOneOfAll() {
        unreadable.add(new Unreadable("c", "n4", Path.of("/c/n4.json"), "it is not text"));
        for (var word : List.of("n4", "all")) {
            assertThatThrownBy(() -> select(word))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("/c/n4.json cannot be read: it is not text; 'dcluster stop -N c'");
        }
        assertThat(select("n1", "random(3)")).hasSize(3);
    }

    private List<String> select(String... words) {
        return new Selector(processes(), unreadable, new SplittableRandom(1), () -> reports)
                .select(List.of(words)).stream().map(ClusterProcess::id).toList();
    }

    private void report(String id, String role, long term) {
        report(id, role, Map.of("term", term));
    }

    private void report(String id, String role, Map<String, Object> details) {
        reports.put(id, new NodeReport(true, "", false, Map.of("role", role, "details", details)));
    }

    private static List<ClusterProcess> processes() {
        return List.of(process("n1", false), process("n2", false), process("n3", false), process("coordinator", true));
    }

    private static ClusterProcess process(String id, boolean coordinator) {
        var member = new Member(new NodeId(id), "127.0.0.1", 1, 2, 3, "");
        var record = ProcessRecord.initial(member, coordinator, List.of());
        return new ClusterProcess(record, Optional.of(new Running(1, 1, "")));
    }
}
