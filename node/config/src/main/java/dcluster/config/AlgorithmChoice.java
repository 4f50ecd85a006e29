package dcluster.config;

import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Traits;

/** The algorithm that a cluster runs, and its options as the file, the variant and the defaults give them. */
public record AlgorithmChoice(AlgorithmProvider<?, ?, ?, ?> provider, Record options) {
    /** @throws IllegalArgumentException if the options are not of the provider's type */
    public AlgorithmChoice {
        if (!provider.configType().isInstance(options)) {
            throw new IllegalArgumentException("options of " + provider.name() + " are a "
                    + provider.configType().getName() + ", not " + options);
        }
    }

    /** As {@code algorithm:} says it, without options. */
    public String name() {
        return provider.name();
    }

    /** What the algorithm promises when configured so. */
    public Traits traits() {
        return traits(provider, options);
    }

    private static <C extends Record> Traits traits(AlgorithmProvider<?, ?, ?, C> provider, Record options) {
        return provider.traits(provider.configType().cast(options));
    }
}
