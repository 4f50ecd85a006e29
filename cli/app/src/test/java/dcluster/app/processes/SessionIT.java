package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands that clients ask again in their sessions while nodes are killed: the leader, all of them, and one that falls so
 * far behind that it is given a snapshot, and then leads. Snapshots are tiny, so nodes begin again with what a snapshot
 * remembers. Each command takes effect once, and its answer is that of the one time.
 */
class SessionIT {
    static final String COUNTER = "session-counter";

    private static final int ROUNDS = Integer.getInteger("dcluster.rounds", 1);
    private static final int CLIENTS = 4;
    private static final String INSTALLED = "installed a snapshot";

    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    @Tag("hard-case-16")
    @Tag("hard-case-22")
    void whatIsAskedAgainAfterKillsTakesEffectOnce(String algorithm) {
        var cluster = CLUSTERS.start(
                "session-" + algorithm,
                "-a",
                algorithm,
                "--set",
                "options." + algorithm + ".snapshot-every={entries: 200, bytes: 64KiB}",
                "--set",
                "storage.segment=64KiB");
        var silent = new SilentSession(cluster.leader());
        try (var clients = SessionClients.start(cluster, CLIENTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                killTheLeaderAndThenAll(cluster, clients);
            }
            silent.requireRemembered(leadFromASnapshot(cluster, clients));
            clients.awaitProgress();
            clients.end();
            assertThat(cluster.logged("rewrites its journal")).isPositive();
            assertThat(clients.unanswered())
                    .as("attempts that did not tell what became of the command")
                    .isPositive();
            requireOnce(cluster, clients);
        }
    }

    /** One in which a command was answered before any snapshot was made; nothing is asked in it since. */
    private static final class SilentSession {
        private static final String KEY = "session-silent";

        private final String number;

        SilentSession(TestNode node) {
            number = whole(new Ask(node).call("SESSION", "OPEN"));
            requireRemembered(node);
        }

        private static String whole(Reply reply) {
            assertThat(reply).isInstanceOf(Reply.Whole.class);
            return "" + ((Reply.Whole) reply).value();
        }

        /** The answer of the one time. */
        void requireRemembered(TestNode node) {
            assertThat(whole(new Ask(node).call("SESSION", number, "1", "INCR", KEY)))
                    .isEqualTo("1");
            assertThat(new Ask(node).text(KEY)).isEqualTo("1");
        }
    }

    private static void killTheLeaderAndThenAll(TestCluster cluster, SessionClients clients) {
        clients.awaitProgress();
        var leader = cluster.leader();
        cluster.kill(leader);
        clients.awaitProgress();
        cluster.restart(leader);
        clients.awaitProgress();
        var all = cluster.nodes().toArray(TestNode[]::new);
        cluster.kill(all);
        cluster.restart(all);
    }

    /**
     * Lets a node fall behind by more than the others keep of their logs, then lead, and then one of the others die: from
     * now on it counts. Returns it.
     */
    private static TestNode leadFromASnapshot(TestCluster cluster, SessionClients clients) {
        clients.awaitProgress();
        var behind = cluster.follower();
        cluster.kill(behind);
        int installed = behind.logged(INSTALLED);
        long last = cluster.leader().held().last();
        Until.holds(
                "the leader has let go of what " + behind.id() + " lacks",
                () -> cluster.leader().held().first() > last);
        cluster.restart(behind);
        Until.holds(behind.id() + " has installed a snapshot", () -> behind.logged(INSTALLED) > installed);
        cluster.lead(behind);
        clients.awaitProgress();
        cluster.kill(cluster.follower());
        clients.awaitProgress();
        return behind;
    }

    private static void requireOnce(TestCluster cluster, SessionClients clients) {
        cluster.revive();
        cluster.awaitHealth();
        assertThat(clients.sums()).doesNotHaveDuplicates();
        for (var node : cluster.nodes()) {
            assertThat(new Ask(node).text(COUNTER))
                    .isEqualTo("" + clients.sums().size());
            clients.verify(node);
        }
        cluster.awaitAgreement();
    }
}
