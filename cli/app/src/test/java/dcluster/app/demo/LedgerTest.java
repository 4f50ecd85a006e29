package dcluster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeNode;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void anAcknowledgedWriteThatIsNotThereIsLost() throws IOException {
        ledger.acknowledge("a", "1");
        ledger.acknowledge("b", "2");
        ledger.acknowledge("c", "3");
        try (var node = new FakeNode("*3\r\n$1\r\n1\r\n$-1\r\n$1\r\n9\r\n")) {
            var found = ReadBack.at(member(node), ledger);
            assertThat(found.lost()).containsExactly("b", "c");
            assertThat(found.openCount()).isZero();
        }
    }

    @Test
    void aWriteOfUnknownOutcomeIsNoLoss() throws IOException {
        ledger.leaveOpen("a", "1");
        ledger.leaveOpen("b", "2");
        try (var node = new FakeNode("*2\r\n$1\r\n1\r\n$-1\r\n")) {
            var found = ReadBack.at(member(node), ledger);
            assertThat(found).isEqualTo(new ReadBack(List.of(), 2, 1));
        }
    }

    @Test
    void aWriteThatIsOneOfSeveralConcurrentValuesIsThere() throws IOException {
        ledger.acknowledge("a", "1");
        ledger.acknowledge("b", "2");
        try (var node = new FakeNode(
                "*2\r\n-SIBLINGS 2 values\r\n-SIBLINGS 2 values\r\n",
                "*3\r\n$1\r\nc\r\n$1\r\n0\r\n$1\r\n1\r\n",
                "*3\r\n$1\r\n2\r\n$1\r\n8\r\n$1\r\n9\r\n")) {
            assertThat(ReadBack.at(member(node), ledger).lost()).containsExactly("b");
            assertThat(node.requests().get(1)).contains("SIBLINGS", "a");
        }
    }

    @Test
    void theLongestGapSinceItIsWatchedIsKept() {
        ledger.acknowledge("a", "1");
        ledger.watch();
        assertThat(ledger.longestGap()).isZero();
        ledger.acknowledge("b", "2");
        assertThat(ledger.longestGap()).isPositive();
    }

    private static Member member(FakeNode node) {
        return new Member(new NodeId("n1"), "127.0.0.1", node.port(), 2, 3, "");
    }
}
