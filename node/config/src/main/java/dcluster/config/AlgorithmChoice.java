package dcluster.config;

import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * The options for programs, in the order of their declaration: keys in camel case; numbers and booleans as they
     * are, enums, durations and sizes in the words of cluster files, groups as maps of their own.
     */
    public Map<String, @Nullable Object> plainOptions() {
        return Plain.map(options);
    }

    /**
     * Refuses a cluster on which the algorithm cannot run.
     *
     * @throws IllegalArgumentException if so; the message says what would be right
     */
    public void check(Membership members) {
        check(provider, options, members);
    }

    private static <C extends Record> void check(
            AlgorithmProvider<?, ?, ?, C> provider, Record options, Membership members) {
        provider.check(provider.configType().cast(options), members);
    }

    /** Whether the coordinator of its clusters {@linkplain AlgorithmProvider#hasCoordinator runs it}, rather than routes. */
    public boolean hasCoordinator() {
        return provider.hasCoordinator();
    }

    /** What the algorithm promises when configured so. */
    public Traits traits() {
        return traits(provider, options);
    }

    private static <C extends Record> Traits traits(AlgorithmProvider<?, ?, ?, C> provider, Record options) {
        return provider.traits(provider.configType().cast(options));
    }
}
