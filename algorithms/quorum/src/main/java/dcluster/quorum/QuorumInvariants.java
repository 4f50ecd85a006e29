package dcluster.quorum;

import dcluster.quorum.Versions.Concurrent;
import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import dcluster.toolkit.KeyedState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is true of all replicas, at all times or in the end. Each looks only at replicas that have changed since; maps with
 * hashes are looked up and never iterated over.
 */
final class QuorumInvariants {
    private QuorumInvariants() {}

    static List<Supplier<Invariant>> always() {
        return List.of(UniqueVersions::new, GrowingKnowledge::new);
    }

    static List<Supplier<Invariant>> settled() {
        return List.of(Convergence::new);
    }

    /** An invariant that looks at what one replica holds of one key, and held of it when it was looked at before. */
    private abstract static class OfEach implements Invariant {
        private record Seen(Quorum node, KeyedState<Held> state) {}

        private final Map<NodeId, Seen> seen = new HashMap<>();

        /** @param before null if it held nothing before, or this is another life of the node */
        abstract @Nullable String violation(Quorum node, Bytes key, @Nullable Held before, Versions held);

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
            for (var each : replicas) {
                // Every replica of this run is one of this store.
                var node = (Quorum) each;
                var now = new Seen(node, node.replica().holdings().freeze());
                var before = seen.put(node.self(), now);
                if (before == null || before.state != now.state) {
                    boolean isSameLife = before != null && before.node == node;
                    var violation = violation(now, isSameLife ? before.state : KeyedState.empty());
                    if (violation != null) {
                        return Optional.of(violation);
                    }
                }
            }
            return Optional.empty();
        }

        private @Nullable String violation(Seen now, KeyedState<Held> before) {
            for (var mapping : now.state) {
                var key = mapping.key();
                var violation = violation(
                        now.node, key, before.get(key), mapping.value().versions());
                if (violation != null) {
                    return violation;
                }
            }
            for (var mapping : before) {
                var key = mapping.key();
                var violation = now.state.get(key) != null
                        ? null
                        : violation(
                                now.node,
                                key,
                                mapping.value(),
                                now.node.replica().versions(key));
                if (violation != null) {
                    return violation;
                }
            }
            return null;
        }
    }

    /**
     * No two values of a key are known as one version. What only its maker holds is not known yet: it may be forgotten
     * with all that was not durable, and the next is made in its place.
     */
    static final class UniqueVersions extends OfEach {
        private record Written(Bytes key, Object version) {}

        private final Map<Written, Optional<Bytes>> values = new HashMap<>();

        @Override
        public String name() {
            return "Unique Versions";
        }

        @Override
        @Nullable
        String violation(Quorum node, Bytes key, @Nullable Held before, Versions held) {
            if (held instanceof Versions.Latest latest) {
                boolean isMaker = latest.stamp().node().equals(node.self());
                return other(new Written(key, latest.stamp()), latest.value(), isMaker);
            }
            for (var version : ((Concurrent) held).versions()) {
                boolean isMaker = version.dot().actor().node().equals(node.self());
                var violation = other(new Written(key, version.dot()), Optional.of(version.value()), isMaker);
                if (violation != null) {
                    return violation;
                }
            }
            return null;
        }

        private @Nullable String other(Written written, Optional<Bytes> value, boolean isMaker) {
            var other = isMaker ? values.get(written) : values.putIfAbsent(written, value);
            return other == null || other.equals(value)
                    ? null
                    : "two values of " + written.key() + " are the version " + written.version() + ": " + other
                            + " and " + value;
        }
    }

    /**
     * An owner never knows less of a key than before, while it lives, but for a deletion that it forgets; who stands in
     * for one may have handed it off.
     */
    static final class GrowingKnowledge extends OfEach {
        @Override
        public String name() {
            return "Growing Knowledge";
        }

        @Override
        @Nullable
        String violation(Quorum node, Bytes key, @Nullable Held before, Versions held) {
            if (before == null || !node.replica().isOwner(key)) {
                return null;
            }
            var known = before.versions();
            boolean isForgotten = held.isNone() && known.isTombstone();
            return isForgotten || held.join(known).equals(held)
                    ? null
                    : node.self() + " went back from " + known + " to " + held + " of " + key;
        }
    }

    /** All owners of a key hold the same, and nobody owes anything (Dynamo, section 2.3: eventual consistency). */
    static final class Convergence implements Invariant {
        @Override
        public String name() {
            return "Convergence";
        }

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
            Map<NodeId, Quorum> nodes = new HashMap<>();
            replicas.forEach(each -> nodes.put(((Quorum) each).self(), (Quorum) each));
            for (var each : replicas) {
                var violation = violation((Quorum) each, nodes);
                if (violation != null) {
                    return Optional.of(violation);
                }
            }
            return Optional.empty();
        }

        private static @Nullable String violation(Quorum node, Map<NodeId, Quorum> nodes) {
            var holdings = node.replica().holdings();
            if (holdings.owedCount() > 0) {
                return node.self() + " owes " + holdings.owedCount() + " keys";
            }
            for (var mapping : holdings.freeze()) {
                var mine = mapping.value().versions();
                for (var owner : node.replica().placement().owners(mapping.key())) {
                    var other = nodes.get(owner);
                    var its = other == null ? null : other.replica().versions(mapping.key());
                    if (its == null || !isSame(mine, its)) {
                        return node.self() + " holds " + mine + " of " + mapping.key() + ", and " + owner + " " + its;
                    }
                }
            }
            return null;
        }

        /** A deletion needs not be known where nothing was. */
        private static boolean isSame(Versions one, Versions other) {
            return one.equals(other)
                    || (one.values().isEmpty() && other.values().isEmpty());
        }
    }
}
