package dcluster.config;

/** {@code mutants:}, whether the cluster may run an algorithm that is {@linkplain dcluster.spi.Mutant wrong on purpose}. */
public enum Mutants {
    /** Its nodes refuse to: what counts where the file says nothing. */
    REFUSED,
    /** Its nodes do, and warn at each start. */
    ALLOWED
}
