package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Trace;
import dcluster.simulation.Trace.Event;
import dcluster.simulation.Trace.Fate;
import dcluster.simulation.Trace.Link;
import dcluster.simulation.Trace.Message;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    record Greeting(String text) {}

    private final List<String> lines = new ArrayList<>();

    private static void play(Trace trace) {
        var hello = new Message(new Link(1, N1, N2), 1, Bytes.EMPTY, new Greeting("hello\nthere"));
        var again = new Message(new Link(1, N1, N2), 2, Bytes.EMPTY, new Greeting("again"));
        trace.node(0, N1, Event.STARTED, "starts", "incarnation", 1);
        trace.message(1_500, Fate.SENT, hello);
        trace.message(2_000, Fate.SENT, again);
        trace.node(3_000, N2, Event.NOTED, "waits");
        trace.message(1_000_000_000L, Fate.DELIVERED, hello);
        trace.message(1_000_000_001L, Fate.LOST, again);
        trace.told(12_345_678_901_234L, "fault begins", "fault", "Crash", "target", N2);
        trace.message(12_345_678_901_235L, Fate.DELIVERED, hello);
    }

    @Test
    void aLineTellsWhenWhoAndWhat() {
        play(new TraceText(lines::add));
        assertThat(lines)
                .containsExactly(
                        "   0.000000000  n1   starts, incarnation 1",
                        "   0.000001500  n1   sends to n2 #1: Greeting[text=hello\\nthere]",
                        "   0.000002000  n1   sends to n2 #2: Greeting[text=again]",
                        "   0.000003000  n2   waits",
                        "   1.000000000  n2   receives from n1 Greeting #1",
                        "   1.000000001  -    lost from n1 to n2 Greeting #2",
                        "12345.678901234  -    fault begins, fault Crash, target n2",
                        "12345.678901235  n2   receives from n1 Greeting #1");
    }

    @Test
    void whatIsReceivedFollowsFromAllThatItsSenderKnew() {
        play(new ShivizLog(lines::add));
        assertThat(lines)
                .containsExactly(
                        "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)",
                        "",
                        "n1 {\"n1\":1}",
                        "starts, incarnation 1",
                        "n1 {\"n1\":2}",
                        "sends Greeting #1 to n2: Greeting[text=hello\\nthere]",
                        "n1 {\"n1\":3}",
                        "sends Greeting #2 to n2: Greeting[text=again]",
                        "n2 {\"n2\":1}",
                        "waits",
                        "n2 {\"n1\":2, \"n2\":2}",
                        "receives Greeting #1 from n1",
                        "world {\"world\":1}",
                        "fault begins, fault Crash, target n2",
                        "n2 {\"n1\":2, \"n2\":3}",
                        "receives Greeting #1 from n1");
    }
}
