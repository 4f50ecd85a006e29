package dcluster.paxos;

import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Timed.MESSAGE;
import static dcluster.paxos.Timed.SYNC;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosConfig.ReadPath;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.toolkit.testing.TimedCluster.Delays;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas of the package's documentation: what an operation costs in a cluster of n nodes where nothing fails. */
class FormulasTest {
    private static final Command WRITE = Single.A.command();
    private static final Command READ = new Command.Get(Bytes.utf8("a"));
    private static final Duration ROUND_TRIP = MESSAGE.multipliedBy(2);

    /** What one request costs, once it is answered and all is quiet. */
    private record Cost(Duration latency, long messages, int records) {
        static Cost of(Timed timed, Command command) {
            // Heartbeats are apart: one has just gone out and was answered.
            timed.cluster.run(DEFAULT.heartbeatInterval().dividedBy(2));
            long messages = timed.cluster.messages();
            int records = timed.cluster.records();
            var asked = timed.cluster.request(timed.leader(), command);
            timed.cluster.run(DEFAULT.heartbeatInterval().dividedBy(2).minusMillis(5));
            assertThat(timed.cluster.isDone(asked)).isTrue();
            return new Cost(
                    timed.cluster.latency(asked),
                    timed.cluster.messages() - messages,
                    timed.cluster.records() - records);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aCommandCosts2TimesNLess1MessagesNForcedWritesARoundTripAndAForcedWrite(int n) {
        assertThat(Cost.of(Timed.led(n, DEFAULT), WRITE)).isEqualTo(new Cost(ROUND_TRIP.plus(SYNC), 2L * (n - 1), n));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aReadCosts2TimesNLess1MessagesNoForcedWriteAndARoundTrip(int n) {
        assertThat(Cost.of(Timed.led(n, DEFAULT), READ)).isEqualTo(new Cost(ROUND_TRIP, 2L * (n - 1), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aReadByTheLogCostsWhatACommandCosts(int n) {
        var timed = Timed.led(n, Configs.of(new Quorums.Majority(), ReadPath.LOG));
        assertThat(Cost.of(timed, READ)).isEqualTo(new Cost(ROUND_TRIP.plus(SYNC), 2L * (n - 1), n));
    }

    @Test
    void manyCommandsOfATurnCostAsManyMessagesAndWritesAsOne() {
        var timed = Timed.led(3, DEFAULT);
        timed.cluster.run(Duration.ofMillis(50));
        long messages = timed.cluster.messages();
        int records = timed.cluster.records();
        timed.cluster.together(timed.leader(), Collections.nCopies(100, WRITE));
        timed.cluster.run(Duration.ofMillis(45));
        assertThat(timed.cluster.replica(timed.leader()).durable().chosen()).isEqualTo(100);
        assertThat(timed.cluster.messages() - messages).isEqualTo(4);
        assertThat(timed.cluster.records() - records).isEqualTo(3);
    }

    /** A round each of suspicions and of phase 1; and the first round of heartbeats. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void theFirstLeaderCosts4TimesNLess1MessagesNForcedWrites2RoundTripsAndAForcedWrite(int n) {
        var timed = new Timed(n, DEFAULT, Delays.of(MESSAGE, SYNC), 1);
        timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), Duration.ofSeconds(1));
        assertThat(timed.cluster.now()).isEqualTo(ROUND_TRIP.multipliedBy(2).plus(SYNC));
        timed.settle();
        assertThat(timed.cluster.messages() - 2L * (n - 1)).isEqualTo(4L * (n - 1));
        assertThat(timed.cluster.records()).isEqualTo(n);
    }

    /** What is adopted goes out together: in sequence it costs what a command costs, and a forced write at each that lives. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void whatADeadLeaderLeftOpenIsAdoptedByARoundTripAndAForcedWriteMore(int n) {
        var timed = Timed.led(n, DEFAULT);
        timed.cluster.together(timed.leader(), Collections.nCopies(10, WRITE));
        // Accepted by all, and known to be chosen by nobody.
        timed.cluster.run(MESSAGE.plus(SYNC));
        timed.cluster.crash(timed.leader());
        assertThat(timed.cluster.runUntil(() -> timed.count("prepares") == 2, Duration.ofSeconds(5)))
                .isTrue();
        var began = timed.cluster.now();
        int records = timed.cluster.records() - 1;

        timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), Duration.ofSeconds(1));
        assertThat(timed.cluster.now().minus(began)).isEqualTo(ROUND_TRIP.plus(SYNC));
        var successor = timed.cluster.replica(timed.leader()).durable();
        timed.cluster.runUntil(() -> successor.chosen() == 10, Duration.ofSeconds(1));
        assertThat(timed.cluster.now().minus(began))
                .isEqualTo(ROUND_TRIP.plus(SYNC).multipliedBy(2));
        timed.settle();
        assertThat(timed.cluster.records() - records).isEqualTo(2 * (n - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void anIdleClusterExchanges2TimesNLess1MessagesAHeartbeatInterval(int n) {
        var timed = Timed.led(n, DEFAULT);
        long messages = timed.cluster.messages();
        timed.cluster.run(DEFAULT.heartbeatInterval().multipliedBy(10));
        assertThat(timed.cluster.messages() - messages).isEqualTo(10 * 2L * (n - 1));
    }

    /** {@code SlowFollowersTest} shows whom a command waits for. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void flexibleQuorumsCostTheSameMessagesAndWrites(int n) {
        var timed = Timed.led(n, Configs.of(new Quorums.Flexible(n - 1, 2), ReadPath.READ_INDEX));
        assertThat(Cost.of(timed, WRITE)).isEqualTo(new Cost(ROUND_TRIP.plus(SYNC), 2L * (n - 1), n));
    }
}
