package dcluster.app.processes;

/** What random choices of victims and writes come from. It is shown with every failure. */
final class Seed {
    static final long VALUE = Long.getLong("dcluster.seed", System.nanoTime());

    private Seed() {}
}
