package dcluster.abd;

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
 * What is true at all times, over all replicas. Each looks only at replicas that have changed since; maps with hashes are
 * looked up and never iterated over.
 */
final class AbdInvariants {
    private AbdInvariants() {}

    static List<Supplier<Invariant>> all() {
        return List.of(UniqueTags::new, GrowingTags::new);
    }

    /** An invariant that looks at one replica after the other. */
    private abstract static class OfEach implements Invariant {
        private final Map<NodeId, KeyedState<Register>> seen = new HashMap<>();

        abstract @Nullable String violation(Abd replica, Bytes key, Register held);

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
            for (var each : replicas) {
                // Every replica of this run is one of ABD.
                var replica = (Abd) each;
                var state = replica.registers();
                if (seen.put(replica.self(), state) == state) {
                    continue;
                }
                for (var mapping : state) {
                    var violation = violation(replica, mapping.key(), mapping.value());
                    if (violation != null) {
                        return Optional.of(violation);
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** No two writes of a register have one tag (Lynch and Shvartsman 1997, section 4). */
    static final class UniqueTags extends OfEach {
        private record Write(Bytes key, Tag tag) {}

        private final Map<Write, Optional<Bytes>> values = new HashMap<>();

        @Override
        public String name() {
            return "Unique Tags";
        }

        @Override
        @Nullable
        String violation(Abd replica, Bytes key, Register held) {
            var other = values.putIfAbsent(new Write(key, held.tag()), held.value());
            return other == null || other.equals(held.value())
                    ? null
                    : "two values of " + key + " have the tag " + held.tag() + ": " + other + " and " + held.value();
        }
    }

    /** The tag of a replica never goes back while it lives. */
    static final class GrowingTags extends OfEach {
        /** Replicas are equal to none but themselves: each life is one. */
        private record Holder(Abd replica, Bytes key) {}

        private final Map<Holder, Tag> tags = new HashMap<>();

        @Override
        public String name() {
            return "Growing Tags";
        }

        @Override
        @Nullable
        String violation(Abd replica, Bytes key, Register held) {
            var before = tags.put(new Holder(replica, key), held.tag());
            return before == null || !before.isAbove(held.tag())
                    ? null
                    : replica.self() + " went back from " + before + " to " + held.tag() + " of " + key;
        }
    }
}
