package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.Limits;
import dcluster.toolkit.StateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one key: its versions, and what they supersede. Two such states have a least one that includes both,
 * their {@linkplain #join join}: in whatever order and however often replicas hear of each other's states, they come to
 * the same (Shapiro and others 2011, "Conflict-free replicated data types"). Immutable.
 */
sealed interface Versions {
    /** What a version and its actor in a clock take beside the value, on the heap. */
    long VERSION_BYTES = 152;

    /** Of a key of which nothing is known. */
    static Versions none(Versioning versioning) {
        return versioning == Versioning.VECTOR_CLOCK ? Concurrent.NONE : Latest.NONE;
    }

    /**
     * Both.
     *
     * @throws IllegalArgumentException if they are not of one kind
     */
    Versions join(Versions other);

    /** The values that are held, each once, in an order that depends on them alone. */
    List<Bytes> values();

    /**
     * The same versions with values of no bytes: all that a write needs to know of what it supersedes, and whether there is
     * any. Never to be held or repaired with.
     */
    Versions bare();

    /** Whether nothing is known: neither a value nor that one was deleted. */
    boolean isNone();

    /** Whether it is known that what was there was deleted, and nothing else. */
    default boolean isTombstone() {
        return !isNone() && values().isEmpty();
    }

    /** Whether they are small enough to travel as one. */
    boolean fits();

    /** All values, each as often as it is held and carried. */
    Stream<Bytes> eachValue();

    /** The bytes of all values alone. */
    default long valueBytes() {
        return eachValue().mapToLong(Bytes::size).sum();
    }

    /** The same on every machine for what is equal. */
    long stateHash();

    /** Objects beside the values themselves, on the heap. */
    long overheadBytes();

    private static IllegalArgumentException unlike(Versions one, Versions other) {
        return new IllegalArgumentException("two kinds of versions do not mix: " + one + " and " + other);
    }

    /**
     * The version that was written last.
     *
     * @param value empty if that was a deletion
     */
    record Latest(Stamp stamp, Optional<Bytes> value) implements Versions {
        static final Latest NONE = new Latest(Stamp.NONE, Optional.empty());

        @Override
        public Versions join(Versions other) {
            if (!(other instanceof Latest latest)) {
                throw unlike(this, other);
            }
            return latest.stamp.compareTo(stamp) > 0 ? latest : this;
        }

        @Override
        public List<Bytes> values() {
            return value.map(List::of).orElse(List.of());
        }

        @Override
        public Stream<Bytes> eachValue() {
            return value.stream();
        }

        @Override
        public Versions bare() {
            return new Latest(stamp, value.map(bytes -> Bytes.EMPTY));
        }

        @Override
        public boolean isNone() {
            return stamp.equals(Stamp.NONE);
        }

        @Override
        public boolean fits() {
            return true;
        }

        @Override
        public long stateHash() {
            // The hash of no bytes is 0: a value of none is no deletion.
            return StateHash.both(
                    stamp.stateHash(),
                    value.map(each -> StateHash.both(1, StateHash.of(each))).orElse(0L));
        }

        @Override
        public long overheadBytes() {
            return 64;
        }
    }

    /** One of several versions. */
    record Version(Dot dot, Bytes value) {}

    /**
     * The versions of which none supersedes another (Dynamo, section 4.4).
     *
     * @param clock what is known: a version that it covers and that is not here was superseded or deleted
     * @param versions by their dots, ascending
     */
    record Concurrent(Clock clock, List<Version> versions) implements Versions {
        /** More versions side by side are not written: nobody merges them. */
        static final int MOST_SIBLINGS = 64;

        static final Concurrent NONE = new Concurrent(Clock.NONE, List.of());

        public Concurrent {
            for (int i = 0; i < versions.size(); i++) {
                var dot = versions.get(i).dot();
                if (!clock.covers(dot) || (i > 0 && versions.get(i - 1).dot().compareTo(dot) >= 0)) {
                    throw new IllegalArgumentException(
                            "versions ascend and are covered by their clock: " + clock + " " + versions);
                }
            }
            versions = List.copyOf(versions);
        }

        @Override
        public Versions join(Versions other) {
            if (!(other instanceof Concurrent theirs)) {
                throw unlike(this, other);
            }
            if (theirs.isNone() || equals(theirs)) {
                return this;
            }
            if (isNone()) {
                return theirs;
            }
            var joined = new ArrayList<Version>();
            for (var version : versions) {
                if (!theirs.clock.covers(version.dot) || theirs.has(version.dot)) {
                    joined.add(version);
                }
            }
            for (var version : theirs.versions) {
                if (!clock.covers(version.dot)) {
                    joined.add(version);
                }
            }
            return new Concurrent(clock.join(theirs.clock), sorted(joined));
        }

        private boolean has(Dot dot) {
            for (var version : versions) {
                if (version.dot.equals(dot)) {
                    return true;
                }
            }
            return false;
        }

        private static List<Version> sorted(List<Version> versions) {
            if (versions.size() > 1) {
                versions.sort((a, b) -> a.dot.compareTo(b.dot));
            }
            return versions;
        }

        /** This, and a value of that actor in place of all that the context covers. */
        Concurrent with(Actor actor, Bytes value, Clock context) {
            var rest = without(context);
            var dot = new Dot(actor, rest.clock.counter(actor) + 1);
            var all = new ArrayList<>(rest.versions);
            all.add(new Version(dot, value));
            return new Concurrent(rest.clock.with(dot), sorted(all));
        }

        /** This without all that the context covers. */
        Concurrent without(Clock context) {
            var rest = new ArrayList<Version>(versions.size());
            for (var version : versions) {
                if (!context.covers(version.dot)) {
                    rest.add(version);
                }
            }
            return new Concurrent(clock.join(context), rest);
        }

        @Override
        public List<Bytes> values() {
            return versions.size() == 1
                    ? List.of(versions.get(0).value)
                    : eachValue().sorted().distinct().toList();
        }

        @Override
        public Stream<Bytes> eachValue() {
            return versions.stream().map(Version::value);
        }

        @Override
        public Versions bare() {
            return new Concurrent(
                    clock,
                    versions.stream()
                            .map(each -> new Version(each.dot, Bytes.EMPTY))
                            .toList());
        }

        @Override
        public boolean isNone() {
            return clock.dots().isEmpty();
        }

        @Override
        public boolean fits() {
            return versions.size() <= 1 || overheadBytes() + valueBytes() <= Limits.MAX_COMMAND_BYTES;
        }

        @Override
        public long stateHash() {
            long hash = clock.stateHash();
            for (var version : versions) {
                hash = StateHash.both(hash, StateHash.both(version.dot.stateHash(), StateHash.of(version.value)));
            }
            return StateHash.both(hash, versions.size());
        }

        @Override
        public long overheadBytes() {
            return 64 + 80L * clock.dots().size() + 72L * versions.size();
        }
    }
}
