package dcluster.lab.simulation;

import dcluster.simulation.Swarm;
import dcluster.simulation.Tally;
import dcluster.spi.Command;
import dcluster.spi.Traits.Property;
import java.util.Set;
import java.util.TreeSet;

/** What a large campaign must have met somewhere, or it has shown nothing about it. */
final class Sometimes {
    /** A client saw several values of one key. */
    static final String SIBLINGS = "siblings seen";

    /** A write succeeded while fewer than half of the nodes were gone. */
    static final String WITHOUT_A_MINORITY = "progress without a minority";

    /** A client moved something from one account to others. */
    static final String TRANSFER = "transfer between accounts";

    /** A transaction was aborted: what its client had seen was no longer so, or it lost against another one. */
    static final String ABORTED = "transaction aborted";

    /** A client that did not learn what became of its command asked again in its session, and learned it. */
    static final String ASKED_AGAIN = "answered when asked again";

    /** A client asked in a session that had expired. */
    static final String EXPIRED = "session expired";

    private static final Set<String> ANYWHERE = Set.of(
            "compared with a shadow", "crash before a sync", "ended by a failing disk", "tail lost", "tail torn");
    private static final Set<String> BETWEEN_NODES = Set.of("message lost", "message overtaken", "message repeated");

    private Sometimes() {}

    /** The events, by name: what every campaign is to meet, and what the algorithm itself says. */
    static Set<String> events(Subject subject) {
        var all = new TreeSet<>(ANYWHERE);
        var traits = subject.algorithm().traits();
        if (Carts.areServed(traits)) {
            all.add(SIBLINGS);
        }
        if (TransactionWorkload.areTransfersServed(traits)) {
            all.add(TRANSFER);
        }
        if (TransactionWorkload.areWatchesServed(traits)) {
            all.add(ABORTED);
        }
        if (traits.serves(Command.OpenSession.class)) {
            all.addAll(Set.of(ASKED_AGAIN, EXPIRED));
        }
        if (hasSeveralNodes(subject)) {
            all.addAll(BETWEEN_NODES);
            all.addAll(traits.sometimes());
        }
        if (subject.faults().contains(Swarm.Kind.WIPE)) {
            all.add(Tally.RECOVERED);
        }
        if (hasSeveralNodes(subject) && traits.has(Property.OUTLIVES_A_MINORITY)) {
            all.add(WITHOUT_A_MINORITY);
        }
        return all;
    }

    /** The kinds of faults. */
    static Set<String> faults(Subject subject) {
        var kinds = new TreeSet<>(Swarm.words(subject.faults()));
        subject.beyond()
                .map(beyond -> beyond.kind(subject.algorithm().traits()))
                .ifPresent(kinds::add);
        return kinds;
    }

    private static boolean hasSeveralNodes(Subject subject) {
        return subject.sizes().stream().anyMatch(size -> size > 1);
    }
}
