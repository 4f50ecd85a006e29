package dcluster.lab.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.lab.diagram.SpaceTimePage.Subject;
import dcluster.simulation.Trace.Event;
import dcluster.simulation.Trace.Fate;
import dcluster.simulation.Trace.Link;
import dcluster.simulation.Trace.Message;
import dcluster.simulation.Violation;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceTimePageTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final Link LINK = new Link(1, N1, N2);
    private static final String EVIL = "</script><script>document.title='evil'</script><!--@data@";

    private record Ask(String text) {}

    private final SpaceTime run = new SpaceTime();

    private static Message message(long number, String text) {
        return new Message(LINK, number, Bytes.EMPTY, new Ask(text));
    }

    private static Operation read(String key) {
        return new Operation(3, Function.READ, key, null, "5", Outcome.OK, true, 1, 2, 100, 900, "n1");
    }

    private String page(Operation... operations) {
        return page(Optional.of(new Violation("Election Safety", "two leaders")), operations);
    }

    private String page(Optional<Violation> violation, Operation... operations) {
        return SpaceTimePage.html(
                new Subject(
                        "raft, seed 7 </title>",
                        "dcluster simulate -a raft --replay 7",
                        List.of(N1, N2),
                        List.of(operations),
                        violation),
                run);
    }

    private void become(long at, NodeId node, String role, long term) {
        run.turned(at, node, () -> new Status(role, Optional.empty(), 0, 0, Map.of("term", term)));
    }

    @Test
    void aMessageIsAnArrowFromItsSendingToItsArrival() {
        run.message(10, Fate.SENT, message(1, "a"));
        run.message(10, Fate.REPEATED, message(1, "a"));
        run.message(20, Fate.DELIVERED, message(1, "a"));
        run.message(35, Fate.DELIVERED, message(1, "a"));
        run.message(40, Fate.SENT, message(2, "b"));
        run.message(40, Fate.CUT, message(2, "b"));
        run.message(50, Fate.SENT, message(3, "c"));
        assertThat(page())
                .contains("\"messages\":[[10,20,0,1,0,1,\"delivered\",1,\"Ask[text=a]\"],"
                        + "[10,35,0,1,0,1,\"delivered\",1,\"Ask[text=a]\"],"
                        + "[40,40,0,1,0,2,\"cut\",0,\"Ask[text=b]\"],"
                        + "[50,-1,0,1,0,3,\"sent\",0,\"Ask[text=c]\"]]");
    }

    @Test
    void aRoleIsToldWhenItChangesAndAgainInAnotherLife() {
        become(1, N1, "follower", 0);
        become(2, N1, "follower", 0);
        become(3, N1, "candidate", 1);
        run.node(4, N1, Event.CRASHED, "is killed");
        run.node(5, N1, Event.STARTED, "starts", "incarnation", 2);
        become(6, N1, "candidate", 1);
        assertThat(page())
                .contains(
                        "\"roles\":[[1,0,\"follower\",\"follower, term 0\"],[3,0,\"candidate\",\"candidate, term 1\"],"
                                + "[6,0,\"candidate\",\"candidate, term 1\"]]")
                .contains("\"events\":[[4,0,\"crashed\",\"is killed\"],[5,0,\"started\",\"starts: incarnation 2\"]]");
    }

    @Test
    void aFaultIsABandUntilItIsMended() {
        fault("fault begins", 10, 0, "target", "n1", "cuts", "n1->n2");
        fault("fault begins", 20, 1, "target", "all", "cuts", "");
        fault("fault ends", 30, 0, "evidence", 3);
        assertThat(page())
                .contains("\"faults\":[[10,30,\"partition\",\"partition of n1\",\"n1\",\"n1->n2\"],"
                        + "[20,-1,\"partition\",\"partition of n1\",\"all\",\"\"]]");
    }

    private void fault(String what, long at, long number, String name, Object value, Object... more) {
        var details = Stream.concat(
                        Stream.of("number", number, "kind", "partition", "fault", "partition of n1", name, value),
                        Stream.of(more))
                .toArray();
        run.told(at, what, details);
    }

    @Test
    void theViolationStandsWhereTheLastAnswerCame() {
        run.node(5, N1, Event.NOTED, "elected");
        assertThat(page(read("k"))).contains("\"violation\":{\"at\":900,\"text\":\"Election Safety: two leaders\"}");
    }

    @Test
    void thePageNeedsNothingElseAndNothingOfARunBecomesMarkup() {
        var tame = page(read("k"));
        run.message(10, Fate.SENT, message(1, EVIL));
        run.node(11, N2, Event.NOTED, EVIL);
        var page = page(read(EVIL));
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("<title>raft, seed 7 &lt;/title></title>", "default-src 'none'")
                .contains("\\u003c/script>\\u003cscript>document.title='evil'")
                .doesNotContainPattern("(src|href)=")
                .doesNotContain("http:", "https:", "@import");
        assertThat(page.split("<script", -1)).hasSameSizeAs(tame.split("<script", -1));
        assertThat(page.split("</script", -1)).hasSameSizeAs(tame.split("</script", -1));
    }

    @Test
    void aBrowserDrawsFiveThousandMessages(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "chromium"))),
                "there is no chromium to look at the page with; Debian: apt-get install chromium");
        become(1, N1, "leader", 1);
        for (int i = 1; i <= 5000; i++) {
            run.message(i * 1000L, Fate.SENT, message(i, EVIL));
            run.message(i * 1000L + 700, i % 50 == 0 ? Fate.LOST : Fate.DELIVERED, message(i, EVIL));
        }
        run.node(5_000_900, N2, Event.NOTED, EVIL);
        var whole = Files.writeString(folder.resolve("whole.html"), page(Optional.empty(), read(EVIL)));
        assertThat(dom(whole, folder.resolve("profile")))
                .contains("data-ready=\"yes\"")
                .contains("5000 messages, 1 notes and 1 operations from 0.000000000 s")
                .contains("2 nodes, 5,000 messages, 100 lost")
                .doesNotContain("<title>evil");
        var failed = Files.writeString(folder.resolve("failed.html"), page(read(EVIL)));
        assertThat(dom(failed, folder.resolve("profile")))
                .contains("data-ready=\"yes\"", "<span>Election Safety: two leaders</span>")
                .containsPattern("aria-label=\"[0-9]{2} messages, 1 notes and 0 operations from 0.0049");
    }

    private static String dom(Path page, Path profile) throws IOException, InterruptedException {
        var browser = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile,
                        "--dump-dom",
                        page.toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.waitFor(90, TimeUnit.SECONDS)).isTrue();
        // The data itself stands in an element of its own and says nothing of what was drawn.
        return dom.replaceAll("(?s)<script.*?</script>", "");
    }
}
