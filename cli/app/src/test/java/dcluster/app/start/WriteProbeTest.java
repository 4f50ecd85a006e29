package dcluster.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.client.FakeNode;
import dcluster.app.terminal.Failure;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteProbeTest {
    @Test
    void anAcknowledgedDeletionOfNothingShowsThatItServes() throws IOException {
        try (var node = new FakeNode(":0\r\n")) {
            assertThat(new WriteProbe(List.of(member("n1", node))).succeeds()).isTrue();
            assertThat(node.request()).contains("DEL", "dcluster:ready:").doesNotContain("dcluster:ready\r");
        }
    }

    @Test
    void anUnknownOutcomeOrNoLeaderShowsNothing() throws IOException {
        try (var first = new FakeNode("-UNKNOWN it was lost\r\n");
                var second = new FakeNode("-UNAVAILABLE no leader is known\r\n")) {
            var probe = new WriteProbe(List.of(member("n1", first), member("n2", second)));
            assertThat(probe.succeeds()).isFalse();
            assertThat(probe.lastAnswer()).isEqualTo("n1: it was lost");
            assertThat(probe.succeeds()).isFalse();
            assertThat(probe.lastAnswer()).isEqualTo("n2 answered: UNAVAILABLE no leader is known");
        }
    }

    @Test
    void anAlgorithmThatServesNoWritesServesWhenItHasRefusedEveryKind() throws IOException {
        var nodes = new ArrayList<FakeNode>();
        for (int i = 0; i < 4; i++) {
            nodes.add(new FakeNode("-ERR not served here\r\n"));
        }
        var probe =
                new WriteProbe(nodes.stream().map(node -> member("n1", node)).toList());
        assertThat(List.of(probe.succeeds(), probe.succeeds(), probe.succeeds(), probe.succeeds()))
                .containsExactly(false, false, false, true);
        assertThat(nodes.get(1).request()).contains("SET");
        for (var node : nodes) {
            node.close();
        }
    }

    @Test
    void anAddressOfAnotherMachineIsToldFromAPortInUse() {
        var elsewhere = new Member(new NodeId("n1"), "192.0.2.1", 7001, 17001, 27001, "");
        assertThatThrownBy(() -> new PortCheck(List.of()).check(elsewhere))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is no address of this machine");
    }

    private static Member member(String id, FakeNode node) {
        return new Member(new NodeId(id), "127.0.0.1", node.port(), 2, 3, "");
    }
}
