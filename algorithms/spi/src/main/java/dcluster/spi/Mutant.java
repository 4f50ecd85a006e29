package dcluster.spi;

/**
 * Marks a provider that is wrong on purpose: a simulation, an experiment or a checker must find that out, or it has not
 * shown that it can find anything. Nobody's data may depend on it, so a node runs it only in a cluster whose file says
 * {@code mutants: allowed}.
 */
public interface Mutant {
    /** One sentence for people: what is wrong with it. */
    String flaw();
}
