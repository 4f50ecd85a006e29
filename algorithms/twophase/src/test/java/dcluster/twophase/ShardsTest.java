package dcluster.twophase;

import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardsTest {
    private final Rig rig = new Rig();
    private final Shards shards = new Shards(List.of(N1, N2, N3), 64);

    private Command get(NodeId owner, int number) {
        return new Command.Get(rig.key(owner, number));
    }

    @Test
    void eachKeyHasOneOwnerWhateverTheOrderInWhichNodesAreNamed() {
        var otherwise = new Shards(List.of(N3, N1, N2), 64);
        var keys = IntStream.range(0, 3000).mapToObj(i -> Bytes.utf8("k" + i)).toList();
        assertThat(keys).allMatch(key -> shards.owner(key).equals(otherwise.owner(key)));
        var shares = keys.stream().collect(Collectors.groupingBy(shards::owner, Collectors.counting()));
        assertThat(shares).containsOnlyKeys(N1, N2, N3);
        assertThat(shares.values()).allMatch(share -> share > 500);
    }

    @Test
    void aTransactionIsOfOneShardIfAllThatItReadsWritesAndWatchesIs() {
        assertThat(shards.isOfOne(get(N1, 0))).isTrue();
        assertThat(shards.isOfOne(new Command.Transaction(List.of(get(N1, 0), get(N1, 1)))))
                .isTrue();
        assertThat(shards.isOfOne(new Command.Transaction(List.of(get(N1, 0), get(N2, 0)))))
                .isFalse();
        assertThat(shards.isOfOne(
                        new Command.Transaction(List.of(get(N1, 0)), List.of(new Command.Watched(rig.key(N2), 0)))))
                .isFalse();
    }

    @Test
    void eachParticipantGetsItsCommandsInTheirOrderAndKnowsTheirPlaces() {
        var commands = List.of(get(N2, 0), get(N1, 0), get(N2, 1), get(N2, 0));
        var parts = shards.parts(new Command.Transaction(commands));
        assertThat(parts).containsOnlyKeys(N1, N2);
        assertThat(parts.get(N1)).isEqualTo(new Part(new Command.Transaction(List.of(commands.get(1))), List.of(1)));
        assertThat(parts.get(N2))
                .isEqualTo(new Part(
                        new Command.Transaction(List.of(commands.get(0), commands.get(2), commands.get(3))),
                        List.of(0, 2, 3)));
    }

    @Test
    void aShardOfWhichKeysAreWatchedAloneLooksAtThemAndAnswersInNoPlace() {
        var watched = List.of(new Command.Watched(rig.key(N3), 4), new Command.Watched(rig.key(N1, 1), 2));
        var parts = shards.parts(new Command.Transaction(List.of(get(N1, 0)), watched));
        assertThat(parts.get(N1))
                .isEqualTo(new Part(new Command.Transaction(List.of(get(N1, 0)), List.of(watched.get(1))), List.of(0)));
        assertThat(parts.get(N3))
                .isEqualTo(new Part(
                        new Command.Transaction(List.of(new Command.Watch(rig.key(N3))), List.of(watched.get(0))),
                        List.of()));
        assertThat(Objects.requireNonNull(parts.get(N3)).transaction().isRead()).isTrue();
    }

    @Test
    void anyMemberTellsWhichParticipantsHoldWhichKeys() {
        var keys = List.of(rig.key(N2), rig.key(N1), rig.key(N3));
        var owner = new Command.Operation(
                "owner", keys.stream().map(Bytes::toString).toList());
        var expected = new Response.Ok(new Result.Table(
                List.of("key", "participant"),
                List.of(row(keys.get(0), N2), row(keys.get(1), N1), row(keys.get(2), N3))));
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
