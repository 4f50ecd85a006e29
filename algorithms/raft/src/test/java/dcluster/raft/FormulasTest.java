package dcluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.Cluster.Flight;
import dcluster.raft.Cluster.Node;
import dcluster.raft.RaftConfig.ReadPath;
import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.toolkit.Quorums;
import dcluster.toolkit.testing.RecordingContext.Replied;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas of the package's documentation: what an operation costs in a cluster of n nodes where nothing fails. */
class FormulasTest {
    /** Counts what leaves the nodes; a step delivers all that is in flight, so steps are one-way delays. */
    private static final class Meter implements Cluster.Observer {
        final Cluster cluster;
        int messages;
        int replies;
        int delays;

        Meter(int size, RaftConfig config) {
            cluster = new Cluster(size, config, 1, this);
            cluster.start();
            while (!isElected()) {
                step();
            }
            settle();
        }

        @Override
        public void sent(Flight flight, boolean eager) {
            messages++;
        }

        @Override
        public void replied(Node node, Replied reply) {
            replies++;
        }

        Node leader() {
            return cluster.nodes().stream()
                    .filter(node -> node.raft.role() == Role.LEADER)
                    .findFirst()
                    .orElseThrow();
        }

        private boolean isElected() {
            return cluster.nodes().stream().anyMatch(node -> node.raft.commit() > 0);
        }

        void step() {
            cluster.nodes().forEach(cluster::durable);
            var arriving = List.copyOf(cluster.flights());
            for (var node : cluster.nodes()) {
                cluster.deliver(
                        node,
                        arriving.stream()
                                .filter(flight -> flight.to().equals(node.id))
                                .toList());
            }
            delays++;
        }

        void settle() {
            for (int i = 0; i < 10; i++) {
                step();
            }
        }

        int records() {
            return cluster.nodes().stream()
                    .mapToInt(node -> node.context.records().size())
                    .sum();
        }

        void reset() {
            messages = 0;
            replies = 0;
            delays = 0;
        }

        void untilReplied() {
            while (replies == 0) {
                step();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aCommandCosts2TimesNLess1MessagesNForcedWritesAndARoundTrip(int n) {
        var meter = new Meter(n, Configs.DEFAULT);
        int records = meter.records();
        meter.reset();
        meter.cluster.request(meter.leader(), Alone.put("a", "1"));
        meter.untilReplied();
        assertThat(meter.delays).isEqualTo(2);
        meter.settle();
        assertThat(meter.messages).isEqualTo(2 * (n - 1));
        assertThat(meter.records() - records).isEqualTo(n);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aReadCosts2TimesNLess1MessagesNoForcedWriteAndARoundTrip(int n) {
        var meter = new Meter(n, Configs.DEFAULT);
        int records = meter.records();
        meter.reset();
        meter.cluster.request(meter.leader(), Alone.get("a"));
        meter.untilReplied();
        assertThat(meter.delays).isEqualTo(2);
        meter.settle();
        assertThat(meter.messages).isEqualTo(2 * (n - 1));
        assertThat(meter.records()).isEqualTo(records);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aReadByTheLogCostsWhatAWriteCosts(int n) {
        var meter = new Meter(n, Configs.of(true, true, ReadPath.LOG));
        int records = meter.records();
        meter.reset();
        meter.cluster.request(meter.leader(), Alone.get("a"));
        meter.settle();
        assertThat(meter.messages).isEqualTo(2 * (n - 1));
        assertThat(meter.records() - records).isEqualTo(n);
    }

    /** The first election of a cluster, its first entry included: a round each of questions, votes and entries. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void anElectionCosts4TimesNLess1MessagesAndNForcedWritesBeforeTheFirstEntry(int n) {
        var meter = new Meter(n, Configs.DEFAULT);
        // The first entry goes out with a round of heartbeats: n-1 messages, and n-1 replies to either.
        assertThat(meter.messages - 3 * (n - 1)).isEqualTo(4 * (n - 1));
        assertThat(meter.records() - n).isEqualTo(n);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void withoutPreVoteAnElectionCosts2TimesNLess1Messages(int n) {
        var meter = new Meter(n, Configs.of(false, true, ReadPath.READ_INDEX));
        assertThat(meter.messages - 3 * (n - 1)).isEqualTo(2 * (n - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void anIdleClusterExchanges2TimesNLess1MessagesAHeartbeatInterval(int n) {
        var meter = new Meter(n, Configs.DEFAULT);
        meter.reset();
        meter.cluster.advance(meter.leader(), Configs.DEFAULT.heartbeatInterval());
        meter.settle();
        assertThat(meter.messages).isEqualTo(2 * (n - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void twoMajoritiesShareANodeAndAMinorityMayFail(int n) {
        int majority = Quorums.majority(n);
        assertThat(2 * majority).isGreaterThan(n);
        assertThat(n - majority).isEqualTo((n - 1) / 2);
    }

    @Test
    void manyCommandsOfATurnCostAsMuchAsOne() {
        var meter = new Meter(3, Configs.DEFAULT);
        int records = meter.records();
        meter.reset();
        var leader = meter.leader();
        for (int i = 0; i < 100; i++) {
            Command command = Alone.put("a", "" + i);
            leader.raft.onRequest(new Request(1000 + i, command));
        }
        meter.cluster.advance(leader, Duration.ZERO);
        leader.raft.endTurn();
        meter.settle();
        assertThat(meter.replies).isEqualTo(100);
        assertThat(meter.messages).isEqualTo(4);
        assertThat(meter.records() - records).isEqualTo(3);
    }
}
