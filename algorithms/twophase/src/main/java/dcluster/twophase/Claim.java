package dcluster.twophase;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All locks that a transaction needs at one participant. They are given together, so that it holds none of them while it
 * waits for another.
 *
 * @param isAlone whether it needs none at any other participant; then nobody waits for it while it waits, and it needs
 *     never be aborted for the sake of others
 */
record Claim(Age age, boolean isAlone, SortedMap<Bytes, Mode> modes) {
    Claim {
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("a claim of nothing");
        }
        modes = Collections.unmodifiableSortedMap(new TreeMap<>(modes));
    }

    /** What a command needs: of what it may change, exclusive locks, of what it reads or watches, shared ones. */
    static Claim of(Age age, boolean isAlone, Command command) {
        var modes = new TreeMap<Bytes, Mode>();
        command.keys().forEach(key -> modes.put(key, Mode.SHARED));
        var parts = command instanceof Command.Transaction transaction ? transaction.commands() : List.of(command);
        for (var part : parts) {
            if (!part.isRead()) {
                part.keys().forEach(key -> modes.put(key, Mode.EXCLUSIVE));
            }
        }
        return new Claim(age, isAlone, modes);
    }

    boolean conflictsWith(Bytes key, Claim other) {
        var mine = modes.get(key);
        var its = other.modes.get(key);
        return mine != null && its != null && mine.conflictsWith(its);
    }
}
