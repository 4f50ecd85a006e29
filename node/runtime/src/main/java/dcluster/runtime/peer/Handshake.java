package dcluster.runtime.peer;

import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.util.Optional;

/** Who this node is, and with whom it talks. */
final class Handshake {
    private final PeerSettings settings;
    private final long fingerprint;
    private final long process;
    private final Lives lives = new Lives();

    Handshake(PeerSettings settings, long fingerprint, long process) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.process = process;
    }

    /** What this node says to a peer. */
    Hello to(NodeId receiver) {
        return new Hello(
                Hello.VERSION,
                settings.cluster(),
                settings.self(),
                settings.incarnation(),
                process,
                receiver,
                settings.algorithm(),
                fingerprint);
    }

    /** Why this node does not talk with the one who says this: a sentence that names both, for the logs of both. */
    Optional<String> refusal(Hello theirs) {
        return why(theirs).map(reason -> settings.self() + " refuses " + theirs.sender() + ": " + reason);
    }

    /** Both handshakes of a connection were right: this is that peer. */
    void heard(Hello theirs) {
        lives.heard(theirs);
    }

    /** Whether this is refused for a later life of the peer, which may have called already. */
    boolean isOver(Hello theirs) {
        return lives.isOver(theirs);
    }

    private Optional<String> why(Hello theirs) {
        var self = settings.self();
        var peer = theirs.sender();
        if (theirs.version() != Hello.VERSION) {
            return Optional.of(self + " speaks version " + Hello.VERSION + " of the protocol, " + peer + " version "
                    + theirs.version() + "; run the same dcluster on both");
        }
        if (!theirs.cluster().equals(settings.cluster())) {
            return Optional.of(self + " is of cluster '" + settings.cluster() + "', " + peer + " of cluster '"
                    + theirs.cluster() + "'; one of them has a wrong address or port");
        }
        if (peer.equals(self)) {
            return Optional.of("both have the same name; each member is one process, and does not call itself");
        }
        if (settings.members().member(peer).isEmpty()) {
            return Optional.of("cluster '" + settings.cluster() + "' has " + names(settings.members())
                    + "; start all of them with the same cluster file");
        }
        if (!theirs.receiver().equals(self)) {
            return Optional.of("the call was for " + theirs.receiver() + "; an address in the cluster file of " + peer
                    + " is wrong");
        }
        return speech(theirs);
    }

    private Optional<String> speech(Hello theirs) {
        var self = settings.self();
        var peer = theirs.sender();
        if (!theirs.algorithm().equals(settings.algorithm())) {
            return Optional.of(self + " runs algorithm '" + settings.algorithm() + "', " + peer + " runs '"
                    + theirs.algorithm() + "'; start all members with the same one");
        }
        if (theirs.fingerprint() != fingerprint) {
            return Optional.of(String.format(
                    "the messages of '%s' have schema %016x at %s, %016x at %s; run the same build on both",
                    settings.algorithm(), fingerprint, self, theirs.fingerprint(), peer));
        }
        return lives.refusal(theirs);
    }

    private static String names(Membership members) {
        return String.join(", ", members.all().map(member -> member.id().name()).toList());
    }
}
