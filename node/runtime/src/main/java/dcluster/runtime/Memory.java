package dcluster.runtime;

import dcluster.journal.AmnesiaException;
import dcluster.journal.FolderDisk;
import dcluster.journal.Wipe;
import dcluster.journal.Witness;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is remembered of a member outside of its folder: its greatest incarnation, and up to where its journal was
 * durable. A folder that was lost, or replaced by an older copy, has forgotten promises that others rely on: a replica on
 * it could vote twice in one term, and a write that it acknowledged could be missing from every majority. Its own content
 * cannot tell; this can.
 *
 * <p>The order makes that hold through a kill at any moment. The journal makes an incarnation durable in the member's
 * folder; then it is kept here, durably; only then the member talks to anybody. Likewise a position is durable in the
 * journal, then kept here; only then anything leaves that depends on it. So a member that may have promised anything is
 * remembered, and one that is remembered had its folder. Whoever failed before that, for want of a port or of a folder
 * that it can write, can simply be started again.
 *
 * <p>The limits of it: after a loss of power, an earlier position of the same run may be remembered, since it is kept
 * without a sync of its own; and with {@code storage.sync} other than {@code always} only what was really synced is. A
 * copy from after that, put back later, looks whole.
 *
 * @param file see {@link WitnessFile}; made, with its folder, by the member itself
 * @param empty what the member was told of its folder, if that is empty
 */
public record Memory(Path file, Empty empty) {
    /** What it means that a member's folder is empty. */
    public enum Empty {
        /** It has lost what it held, unless it is remembered that the member was {@linkplain Memory#wipe wiped}. */
        LOST,
        /** This is the first start of the cluster; if anything is remembered of the member, it has lost what it held. */
        NEW,
        /** What it held is given up, as if the member had been wiped. */
        WIPED
    }

    private static final String PROMISES_LOST = ". What it promised to the others is forgotten with that: it could vote"
            + " twice in one term, and writes that it acknowledged could be lost, so it does not start; the others can go"
            + " on without it, 'dcluster restart NODE' starts each.";

    private static final String LOG_LOST = ". Nobody knows any more what it had decided, so it does not start. What the"
            + " nodes have in doubt stays so, with its locks, until it is decided by hand: 'dcluster txn in-doubt' shows"
            + " it, 'dcluster txn resolve' decides it. The nodes go on without it, but for what takes a coordinator.";

    /** For one opening of the member's journal. */
    Witness witness(NodeId self) {
        return new WitnessFile(this, self);
    }

    /**
     * Gives up what a member that does not run holds in its folder: empties it, once it is remembered that the member was
     * wiped, so that it may begin again in an empty folder. Durable when this returns; cut off anywhere, it can be done
     * again.
     *
     * @throws dcluster.journal.RefusedFolderException if a process uses the folder, if it cannot be written, or if nothing
     *     is remembered of the member
     */
    public void wipe(NodeId self, Path data) throws IOException {
        try (var witness = witness(self)) {
            Wipe.of(FolderDisk.at(data), witness);
        }
    }

    /**
     * Whether a member that does not run has lost its data, or was wiped and may not have recovered, as its files tell.
     * Changes none of them, and makes none.
     */
    public boolean mayHaveForgotten(NodeId self, Path data) throws IOException {
        try (var witness = witness(self)) {
            return witness.isWiped() || !Files.isDirectory(data) || !Wipe.hasSpared(FolderDisk.at(data));
        }
    }

    /** For people: what happened to the member's data, why it matters, and what can be done. */
    String refusal(MemberSettings settings, AmnesiaException amnesia) {
        String givenUp = "the cluster has to be given up with all its data and started anew: 'dcluster rm -N "
                + settings.config().name() + "' removes it; of members that were run by hand, delete the folders, and "
                + file.toAbsolutePath().normalize().getParent();
        if (!Files.exists(file)) {
            return untold(settings) + " If that is gone, " + givenUp
                    + ". If this is the first start of a new cluster that is run by hand, say so with --bootstrap";
        }
        return what(settings, amnesia)
                + (settings.config().members().isCoordinator(settings.self()) ? LOG_LOST : PROMISES_LOST)
                + " Give it the folder as it was when it last ran. If that is gone, "
                + (Wipes.refusal(settings.config(), settings.self()).isEmpty() ? wiped(settings) : givenUp);
    }

    private static String wiped(MemberSettings settings) {
        String member = " -N " + settings.config().name() + " " + settings.self();
        return "'dcluster wipe" + member + "' and then 'dcluster restart" + member
                + "' bring it back: it recovers from a"
                + " majority of the others. One that is run by hand is told --wiped, with an empty folder";
    }

    private String what(MemberSettings settings, AmnesiaException amnesia) {
        var found = amnesia.found();
        var past = amnesia.past();
        String folder = settings.self() + " has lost data: its folder " + settings.data();
        String run = ", although it has run as incarnation " + past.incarnation() + " (says " + file + ")";
        if (found.incarnation() == 0) {
            return settings.self() + " has lost its data: its folder " + settings.data() + " is empty" + run;
        }
        if (found.incarnation() < past.incarnation()) {
            return folder + " is an older copy, of incarnation " + found.incarnation() + run;
        }
        return folder + " ends at position " + found.position() + " of its journal, although that was durable up to "
                + past.position() + " (says " + file + "): it is an older copy, taken since its last start, or its end"
                + " was damaged";
    }

    private static String untold(MemberSettings settings) {
        return settings.self() + " has no data: its folder " + settings.data()
                + " is empty, and it was not told that its"
                + " cluster is new. If it was started before, its promises and data are lost: it could vote twice in"
                + " one term, and writes that it acknowledged could be lost; give it the folder as it was when it last"
                + " ran.";
    }
}
