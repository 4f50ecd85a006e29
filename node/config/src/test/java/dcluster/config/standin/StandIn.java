package dcluster.config.standin;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Context;
import dcluster.spi.Nothing;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A provider of options; what it would run says nothing and keeps nothing. */
abstract class StandIn<C extends Record> implements AlgorithmProvider<Nothing, Nothing, Nothing, C> {
    private final String name;
    private final Class<C> configType;

    StandIn(String name, Class<C> configType) {
        this.name = name;
        this.configType = configType;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return "Options without an algorithm.";
    }

    @Override
    public Class<C> configType() {
        return configType;
    }

    @Override
    public Class<Nothing> messageType() {
        return Nothing.class;
    }

    @Override
    public Class<Nothing> recordType() {
        return Nothing.class;
    }

    @Override
    public Algorithm<Nothing, Nothing, Nothing> create(C config, Context<Nothing, Nothing, Nothing> context) {
        throw new IllegalStateException("a stand-in does not run");
    }

    @Override
    public Traits traits(C config) {
        return new Traits(Consistency.EVENTUAL, "nothing: " + config, Map.of(), Set.of(), List.of());
    }
}
