package dcluster.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeStatusTest {
    @Test
    void theJsonIsFlatAndInCamelCase() {
        assertThat(Samples.status(Optional.of(new NodeId("n2"))).toJson().encodePrettily())
                .isEqualTo("""
                        {
                          "node" : "n1",
                          "cluster" : "demo",
                          "algorithm" : "raft",
                          "options" : {
                            "preVote" : false
                          },
                          "version" : "0.1.0",
                          "pid" : 4711,
                          "incarnation" : 3,
                          "startedAt" : "2026-01-01T00:00:00.123Z",
                          "uptimeMillis" : 4321,
                          "role" : "follower",
                          "leader" : "n2",
                          "applied" : 99,
                          "stateHash" : "0000000000000abc",
                          "details" : {
                            "term" : 7,
                            "caughtUp" : true,
                            "lastWords" : "a \\"quoted\\" text"
                          },
                          "peers" : [ {
                            "node" : "n2",
                            "connected" : true
                          }, {
                            "node" : "n3",
                            "connected" : false,
                            "refusedBecause" : "the clusters differ"
                          } ],
                          "journal" : {
                            "bytes" : 65536,
                            "syncs" : 12
                          },
                          "ports" : {
                            "client" : 7001,
                            "peer" : 17001,
                            "admin" : 27001
                          }
                        }""");
    }

    @Test
    void anUnknownLeaderIsNull() {
        assertThat(Samples.status(Optional.empty()).toJson().encode()).contains("\"leader\":null");
    }
}
