package dcluster.twophase;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardsTest {
    private final Rig rig = new Rig();

    @Test
    void anyMemberTellsWhichParticipantsHoldWhichKeys() {
        var keys = List.of(rig.key(Rig.N2), rig.key(Rig.N1), rig.key(Rig.N3));
        var owner = new Command.Operation(
                "owner", keys.stream().map(Bytes::toString).toList());
        var expected = new Response.Ok(new Result.Table(
                List.of("key", "participant"),
                List.of(row(keys.get(0), Rig.N2), row(keys.get(1), Rig.N1), row(keys.get(2), Rig.N3))));
        assertThat(rig.all())
                .allSatisfy(node -> assertThat(rig.run(node, owner)).isEqualTo(expected));
    }

    @Test
    void operatorsAreToldThatTheyCanAskForOwners() {
        assertThat(Operators.operations()).containsKey("owner");
    }

    private static List<String> row(Bytes key, NodeId owner) {
        return List.of(key.toString(), owner.name());
    }
}
