package dcluster.config;

import dcluster.spi.Default;

/**
 * {@code chaos:}, whether the cluster may be broken on purpose.
 *
 * @param enabled whether nodes take orders to inject faults from their admin port; by default not
 */
public record Chaos(@Default("false") boolean enabled) {
    /** What counts where the file says nothing. */
    public static Chaos defaults() {
        return Forms.defaults(Chaos.class);
    }
}
