package dcluster.lab.simulation;

import dcluster.simulation.Fault;
import dcluster.simulation.Ledger;
import java.util.Optional;

/** What a run must have been to prove anything: one that met too little is void. */
final class Demands {
    static final long LEAST_NANOS = 30_000_000_000L;
    static final int LEAST_OPERATIONS = 200;
    static final int LEAST_FAULTS = 3;

    private Demands() {}

    /** What a run lacks; empty if it counts. */
    static Optional<String> lacking(Findings findings) {
        if (findings.nanos() < LEAST_NANOS) {
            return Optional.of("it lasted " + findings.nanos() / 1_000_000 + " ms of " + LEAST_NANOS / 1_000_000);
        }
        if (findings.operations() < LEAST_OPERATIONS) {
            return Optional.of("clients asked " + findings.operations() + " times of " + LEAST_OPERATIONS);
        }
        long felt = findings.ledger().entries().stream()
                .filter(Demands::isDrawn)
                .filter(Ledger.Entry::isConfirmed)
                .count();
        return felt < LEAST_FAULTS ? Optional.of(felt + " faults took effect, of " + LEAST_FAULTS) : Optional.empty();
    }

    /** Every run loses a minority at its end: that fault shows nothing about the drawn ones. */
    static boolean isDrawn(Ledger.Entry entry) {
        return !(entry.fault() instanceof Fault.LostMinority);
    }
}
