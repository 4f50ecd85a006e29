package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.Versions.Concurrent;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Random writes of one key at several replicas that hear of each other at random, beside what should come of it. */
final class VersionsLife {
    /** One write, or deletion, and which writes it is to supersede. */
    private record Write(NodeId at, String value, Optional<Dot> dot, Set<String> superseded) {}

    private final RandomGenerator random;
    private final Rig rig = new Rig(4, new Options().unmended());
    private final List<NodeId> nodes = rig.nodes().toList();
    private final List<Write> durable = new ArrayList<>();
    private final List<Write> fresh = new ArrayList<>();
    private final List<Clock> contexts = new ArrayList<>(List.of(Clock.NONE));
    private final List<Versions> arisen = new ArrayList<>(List.of(Concurrent.NONE));
    private int count;

    VersionsLife(RandomGenerator random) {
        this.random = random;
    }

    /** What nodes told of; of what they lost before that nobody ever hears. */
    List<Versions> arisen() {
        return arisen;
    }

    private NodeId anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private Concurrent held(NodeId node) {
        return (Concurrent) rig.replica(node).versions(Rig.KEY);
    }

    void step() {
        var node = anyNode();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> write(node, held(node).clock());
            case 3, 4 -> write(node, contexts.get(random.nextInt(contexts.size())));
            case 5, 6, 7 -> give(node, anyNode());
            case 8 -> forget(node);
            default -> crash(node);
        }
        checkThatNothingSupersededIsHeld(node);
    }

    private void write(NodeId node, Clock context) {
        var value = "v" + ++count;
        boolean isDeletion = random.nextInt(4) == 0;
        var superseded = new HashSet<String>();
        all().stream()
                .filter(write -> write.dot().map(context::covers).orElse(false))
                .forEach(write -> superseded.add(write.value()));
        var bytes = isDeletion ? Optional.<Bytes>empty() : Optional.of(Bytes.utf8(value));
        var written = (Concurrent) rig.replica(node)
                .write(Rig.KEY, bytes, context, Concurrent.NONE)
                .orElseThrow();
        var dot = written.versions().stream()
                .filter(version -> version.value().toUtf8().equals(value))
                .map(Versions.Version::dot)
                .findFirst();
        assertThat(dot.isPresent()).isNotEqualTo(isDeletion);
        assertThat(all()).noneMatch(write -> dot.isPresent() && write.dot().equals(dot));
        fresh.add(new Write(node, value, dot, superseded));
    }

    private List<Write> all() {
        var all = new ArrayList<>(durable);
        all.addAll(fresh);
        return all;
    }

    /** What a node says it says when it is durable. */
    private Concurrent say(NodeId node) {
        rig.at(node).durable();
        fresh.stream().filter(write -> write.at().equals(node)).forEach(durable::add);
        fresh.removeIf(write -> write.at().equals(node));
        contexts.add(held(node).clock());
        arisen.add(held(node));
        return held(node);
    }

    private void give(NodeId from, NodeId to) {
        var before = held(to);
        var said = say(from);
        rig.replica(to).take(Rig.KEY, said);
        assertThat(held(to)).isEqualTo(before.join(said));
    }

    /** A stand-in has brought to another all that it holds. */
    private void forget(NodeId node) {
        var owner = nodes.get((nodes.indexOf(node) + 1) % nodes.size());
        give(node, owner);
        say(owner);
        rig.replica(node).drop(Rig.KEY);
        rig.at(node).durable();
        assertThat(held(node).isNone()).isTrue();
    }

    private void crash(NodeId node) {
        rig.mesh.crash(node);
        fresh.removeIf(write -> write.at().equals(node));
    }

    private void checkThatNothingSupersededIsHeld(NodeId node) {
        var mine = held(node);
        for (var write : all()) {
            if (mine.values().contains(Bytes.utf8(write.value()))) {
                assertThat(all())
                        .as("what superseded %s, of all that %s knows", write, node)
                        .noneMatch(other -> other.superseded().contains(write.value())
                                && other.dot().map(mine.clock()::covers).orElse(false));
            }
        }
    }

    /** All replicas together hold just what was written and not superseded by somebody who knew it. */
    void checkTheEnd() {
        nodes.forEach(this::say);
        var expected = new TreeSet<String>();
        durable.stream().filter(write -> write.dot().isPresent()).forEach(write -> expected.add(write.value()));
        durable.forEach(write -> expected.removeAll(write.superseded()));
        var together = nodes.stream().<Versions>map(this::held).reduce(Concurrent.NONE, Versions::join);
        assertThat(new TreeSet<>(Rig.texts(together.values()))).isEqualTo(expected);
    }
}
