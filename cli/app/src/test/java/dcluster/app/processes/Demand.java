package dcluster.app.processes;

import dcluster.app.processes.Write.Kind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a load writes, and what it demands of reads.
 *
 * @param isAtomic whether what was read once is there from then on; else a write that is not acknowledged may be seen and
 *     then not, and several values may be there side by side
 */
record Demand(Set<Kind> kinds, boolean isAtomic) {
    static final Demand EVERYTHING = new Demand(EnumSet.allOf(Kind.class), true);
    static final Demand ATOMIC_REGISTERS = new Demand(Set.of(Kind.PUT), true);
    static final Demand REGULAR_REGISTERS = new Demand(Set.of(Kind.PUT), false);
}
