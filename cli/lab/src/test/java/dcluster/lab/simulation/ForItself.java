package dcluster.lab.simulation;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import dcluster.toolkit.Store;

/** An algorithm for one node, run on several: broken on purpose, for nobody tells the others anything. */
record ForItself<M, R, T, C extends Record>(AlgorithmProvider<M, R, T, C> alone)
        implements AlgorithmProvider<M, R, T, C> {
    @Override
    public String name() {
        return "for-itself";
    }

    @Override
    public String summary() {
        return "Loses whatever somebody else was told.";
    }

    @Override
    public Class<C> configType() {
        return alone.configType();
    }

    @Override
    public Class<M> messageType() {
        return alone.messageType();
    }

    @Override
    public Class<R> recordType() {
        return alone.recordType();
    }

    @Override
    public void check(C config, Membership members) {
        // Any number will do.
    }

    @Override
    public Algorithm<M, R, T> create(C config, Context<M, R, T> context) {
        return alone.create(config, context);
    }

    /** No sessions: those that another has opened would be found missing at once, and by nothing else. */
    @Override
    public Traits traits(C config) {
        var traits = alone.traits(config);
        return new Traits(
                traits.consistency(), traits.tolerates(), Store.UNSERVED, traits.properties(), traits.invariants());
    }

    @Override
    public C inMiniature(C config) {
        return alone.inMiniature(config);
    }
}
