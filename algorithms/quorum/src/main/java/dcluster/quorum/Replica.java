package dcluster.quorum;

import dcluster.quorum.QuorumRecord.Dropped;
import dcluster.quorum.QuorumRecord.Owed;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.quorum.Versions.Concurrent;
import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import java.util.Optional;

/** The half of a node that holds versions of keys, its own and those of nodes for which it stands in. */
final class Replica {
    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Placement placement;
    private final MerkleTrees trees;
    private final Holdings holdings;
    private final Graves graves;
    private long serial;

    Replica(QuorumConfig config, Context<QuorumMessage, QuorumRecord, QuorumTimer> context) {
        this.config = config;
        this.context = context;
        this.placement = new Placement(config, context.members());
        this.trees = new MerkleTrees(placement, context.self());
        this.holdings = new Holdings(config.versions(), trees);
        this.graves = new Graves(context, config.tombstoneGrace());
    }

    /** @throws IllegalArgumentException if what it holds are versions of the other kind */
    void start() {
        var state = holdings.freeze();
        if (state.size() > 0
                && state.iterator().next().value().versions() instanceof Concurrent != config.hasVectorClocks()) {
            throw new IllegalArgumentException("the keys of " + context.self()
                    + " have versions of the other kind than the options tell of: set options.quorum.versions to what it"
                    + " was, for one kind cannot be made of the other");
        }
        graves.start(state);
    }

    Placement placement() {
        return placement;
    }

    MerkleTrees trees() {
        return trees;
    }

    Holdings holdings() {
        return holdings;
    }

    Versions versions(Bytes key) {
        return holdings.of(key).versions();
    }

    boolean isOwner(Bytes key) {
        return placement.isOwner(context.self(), key);
    }

    /**
     * Holds these versions, too, from now on.
     *
     * @return false if that cannot be: they are of another kind than those of this cluster, or there is no room for them,
     *     or with those that are here they would fit into no message. Whoever gave them still holds them, until somebody
     *     merges.
     */
    boolean take(Bytes key, Versions versions) {
        if (versions instanceof Concurrent != config.hasVectorClocks()) {
            return false;
        }
        var held = holdings.of(key);
        var joined = held.versions().join(versions);
        if (joined.equals(held.versions())) {
            return true;
        }
        if (!joined.fits() || isTooMuch(held.versions(), joined)) {
            return false;
        }
        store(key, joined, held.mine());
        return true;
    }

    /** A coordinator refuses what would fill its own share of the memory; what others bring may fill a half more. */
    private boolean isTooMuch(Versions before, Versions after) {
        long bytes = holdings.freeze().memoryBytes();
        return bytes - context.capacityBytes() > context.capacityBytes() / 2
                && after.valueBytes() >= before.valueBytes();
    }

    /** The same for a node for which this one stands in. */
    boolean takeFor(NodeId owner, Bytes key, Versions versions) {
        if (!take(key, versions)) {
            return false;
        }
        if (!holdings.of(key).versions().isNone()) {
            owe(key, owner);
        }
        return true;
    }

    /** What is held of a key is to be brought to that node. */
    void owe(Bytes key, NodeId to) {
        if (!holdings.isOwed(key, to)) {
            context.journal(new Owed(key, to));
        }
    }

    /**
     * Makes a version, or deletes: in place of what the context covers, and beside all else that is held.
     *
     * @param known what a quorum holds: it is held here, too, from now on
     * @return what is held then; empty if that would be too much, and nothing has changed
     */
    Optional<Versions> write(Bytes key, Optional<Bytes> value, Clock context, Versions known) {
        var held = holdings.of(key);
        var base = (Concurrent) held.versions().join(known);
        var mine = value.isEmpty()
                ? held.mine()
                : Optional.of(maker(held, base.clock().join(context)));
        var written = value.isEmpty() ? base.without(context) : base.with(mine.orElseThrow(), value.get(), context);
        boolean isOneMore = value.isPresent() && written.versions().size() > Concurrent.MOST_SIBLINGS;
        if (isOneMore || !written.fits()) {
            return Optional.empty();
        }
        if (!written.equals(held.versions())) {
            store(key, written, mine);
        }
        return Optional.of(written);
    }

    /** Who this replica was before, or somebody new if it was nobody or, by a forged context, has counted to the end. */
    private Actor maker(Held held, Clock known) {
        var actor = held.mine().orElseGet(this::newActor);
        while (known.isSpent(actor)) {
            actor = newActor();
        }
        return actor;
    }

    private Actor newActor() {
        return new Actor(context.self(), context.incarnation(), ++serial);
    }

    private void store(Bytes key, Versions versions, Optional<Actor> mine) {
        context.journal(new Stored(key, versions, mine));
        if (versions.isTombstone()) {
            graves.add(key, holdings.of(key).hash());
        } else {
            graves.remove(key);
        }
    }

    /** Forgets a key. */
    void drop(Bytes key) {
        context.journal(new Dropped(key));
        graves.remove(key);
    }

    /** Forgets deletions that are old enough, but for those that are owed: they are looked at again a grace later. */
    void purge() {
        graves.open((key, hash) -> {
            var held = holdings.of(key);
            if (held.hash() != hash || !held.versions().isTombstone()) {
                return;
            }
            if (holdings.isOwedToAnybody(key)) {
                graves.add(key, hash);
            } else {
                drop(key);
            }
        });
    }

    /** How many deletions are remembered. */
    int graveCount() {
        return graves.size();
    }
}
