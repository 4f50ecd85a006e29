package dcluster.lab.simulation;

import dcluster.lab.simulation.Report.Broken;
import dcluster.spi.Mutant;
import java.util.Optional;

/**
 * Looks for the first seed that shows what is wrong with a mutant. What finds nothing wrong with mutants proves nothing
 * about anything else.
 */
public final class MutantHunt {
    private final Terms terms;
    private final Seeds seeds;

    public MutantHunt(Terms terms, Seeds seeds) {
        this.terms = terms;
        this.seeds = seeds;
    }

    /**
     * What became of one mutant.
     *
     * @param flaw what is wrong with it, in a sentence
     * @param seeds how many it was given: if it was caught, all up to the one that caught it
     * @param caught by which seed, and by what; empty if it was not
     */
    public record Row(String mutant, String flaw, long seeds, Optional<Broken> caught) {}

    /**
     * Gives it seed after seed until one catches it.
     *
     * @throws IllegalArgumentException if the subject's provider is not marked as a mutant
     */
    public Row hunt(Subject subject, int threads) {
        var provider = subject.algorithm().provider();
        if (!(provider instanceof Mutant mutant)) {
            throw new IllegalArgumentException(provider.name() + " is no mutant");
        }
        var caught = new Campaign(subject, terms, seeds).run(threads, () -> {}).broken();
        long given = caught.map(broken -> broken.seed() - seeds.first() + 1).orElse(seeds.count());
        return new Row(provider.name(), mutant.flaw(), given, caught);
    }
}
