package dcluster.lab.simulation;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Context;
import dcluster.spi.Invariant;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** An algorithm that says more of a settled cluster than it does by itself. */
record Claiming<M, R, T, C extends Record>(AlgorithmProvider<M, R, T, C> own, List<Supplier<Invariant>> settled)
        implements AlgorithmProvider<M, R, T, C> {
    @Override
    public String name() {
        return own.name();
    }

    @Override
    public String summary() {
        return own.summary();
    }

    @Override
    public Class<C> configType() {
        return own.configType();
    }

    @Override
    public Class<M> messageType() {
        return own.messageType();
    }

    @Override
    public Class<R> recordType() {
        return own.recordType();
    }

    @Override
    public void check(C config, Membership members) {
        own.check(config, members);
    }

    @Override
    public Algorithm<M, R, T> create(C config, Context<M, R, T> context) {
        return own.create(config, context);
    }

    @Override
    public Traits traits(C config) {
        var traits = own.traits(config);
        return new Traits(
                traits.consistency(),
                traits.tolerates(),
                traits.unserved(),
                traits.properties(),
                traits.invariants(),
                settled,
                traits.sometimes());
    }

    @Override
    public Duration recovery(C config) {
        return own.recovery(config);
    }

    @Override
    public C inMiniature(C config) {
        return own.inMiniature(config);
    }
}
