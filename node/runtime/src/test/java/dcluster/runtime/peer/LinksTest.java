package dcluster.runtime.peer;

import static dcluster.runtime.peer.Net.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Envelope;
import dcluster.host.Transport;
import dcluster.spi.NodeId;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the seam is wide enough for the faults to come. */
@Timeout(60)
final class LinksTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    /**
     * Messages with odd numbers never leave; those with 4 are delivered twice, and the last two of a turn change
     * places.
     */
    private static final class Faulty implements Links<Note> {
        @Override
        public Transport<Note> outgoing(Transport<Note> onward) {
            return new Transport<>() {
                private final List<Envelope<Note>> kept = new ArrayList<>();

                @Override
                public boolean send(NodeId to, Envelope<Note> envelope) {
                    if (number(envelope) % 2 == 0) {
                        kept.add(0, envelope);
                    }
                    if (kept.size() == 2) {
                        kept.forEach(each -> onward.send(to, each));
                        kept.clear();
                    }
                    return true;
                }

                @Override
                public void flush() {
                    onward.flush();
                }
            };
        }

        @Override
        public PeerListener<Note> incoming(PeerListener<Note> onward) {
            return new PeerListener<>() {
                @Override
                public void connected(NodeId peer, long incarnation) {
                    onward.connected(peer, incarnation);
                }

                @Override
                public void received(NodeId from, Envelope<Note> envelope) {
                    onward.received(from, envelope);
                    if (number(envelope) == 4) {
                        onward.received(from, envelope);
                    }
                }

                @Override
                public void lost(NodeId peer) {
                    onward.lost(peer);
                }
            };
        }

        private static long number(Envelope<Note> envelope) {
            return envelope instanceof Envelope.Message<Note> message
                            && message.content() instanceof Note.Numbered numbered
                    ? numbered.number()
                    : 0;
        }
    }

    @Test
    void lossByTypeReorderingDelayAndDuplicationFitInBothDirections() throws Exception {
        var members = Net.members(2);
        var first = Node.start(vertx, Net.settings(members, Net.N1), new Faulty());
        var second = Node.start(vertx, Net.settings(members, Net.N2), new Faulty());
        await().until(() -> first.connections.size() == 1 && second.connections.size() == 1);
        for (int i = 1; i <= 4; i++) {
            assertThat(first.send(Net.N2, Note.numbered(i))).isTrue();
        }

        await().until(() -> second.received.equals(List.of("n1 4", "n1 4", "n1 2")));
    }

    @Test
    void untouchedLinksAreNotThereAtAll() throws Exception {
        var node = Node.start(vertx, Net.settings(Net.members(1), Net.N1));
        Links<Note> untouched = Links.untouched();

        assertThat(untouched.outgoing(node.transport())).isSameAs(node.transport());
        assertThat(untouched.incoming(node)).isSameAs(node);
    }
}
