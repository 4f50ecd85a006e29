package dcluster.lab.simulation;

import dcluster.simulation.Ledger;
import java.util.Optional;

/** What a run must have been to prove anything, at least: one that met too little is void. */
record Demands(long nanos, int operations, int acknowledged, int faults) {
    /**
     * Half a minute of virtual time, two hundred operations, three faults, and five writes that succeeded while a fault was
     * in force.
     */
    static final Demands USUAL = new Demands(30_000_000_000L, 200, 5, 3);

    /** What a run lacks; empty if it counts. */
    Optional<String> lacking(Findings findings) {
        if (findings.nanos() < nanos) {
            return Optional.of("it lasted " + findings.nanos() / 1_000_000 + " ms of " + nanos / 1_000_000);
        }
        if (findings.operations() < operations) {
            return Optional.of("clients asked " + findings.operations() + " times of " + operations);
        }
        long felt = findings.ledger().entries().stream()
                .filter(Demands::isDrawn)
                .filter(Ledger.Entry::isConfirmed)
                .count();
        if (felt < faults) {
            return Optional.of(felt + " faults took effect, of " + faults);
        }
        return findings.acknowledged() < acknowledged
                ? Optional.of(findings.acknowledged() + " writes were acknowledged while a fault was in force, of "
                        + acknowledged)
                : Optional.empty();
    }

    /** Every run loses a minority at its end: that fault shows nothing about the drawn ones. */
    static boolean isDrawn(Ledger.Entry entry) {
        return !entry.fault().equals(Run.AT_THE_END);
    }
}
