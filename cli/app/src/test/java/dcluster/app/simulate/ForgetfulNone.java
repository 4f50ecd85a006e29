package dcluster.app.simulate;

import dcluster.config.Algorithms;
import dcluster.host.Recorder;
import dcluster.journal.Batch;
import dcluster.simulation.FlawedHost;
import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.Traits;
import java.util.List;

/** {@code none} on a host that says of every record that it is durable, and writes none. */
public final class ForgetfulNone<M, R, T, C extends Record> implements AlgorithmProvider<M, R, T, C>, FlawedHost {
    public static final String FLAW = "What it acknowledges is on no disk.";

    private final AlgorithmProvider<M, R, T, C> sound;

    // The types are whatever those of `none` are.
    @SuppressWarnings("unchecked")
    public ForgetfulNone() {
        sound = (AlgorithmProvider<M, R, T, C>)
                Algorithms.load(List.of()).byName("none").orElseThrow();
    }

    @Override
    public String flaw() {
        return FLAW;
    }

    @Override
    public Recorder recorder(Recorder other) {
        return new Forgetful(other);
    }

    private record Forgetful(Recorder other) implements Recorder {
        @Override
        public Batch acquire() {
            return other.acquire();
        }

        @Override
        public void submit(Batch batch, Runnable whenDurable) {
            whenDurable.run();
        }

        @Override
        public long bytes() {
            return other.bytes();
        }

        @Override
        public void beginRewrite(Runnable whenAbandoned) {
            other.beginRewrite(whenAbandoned);
        }

        @Override
        public void submitState(Batch piece, Runnable whenWritten) {
            other.submitState(piece, whenWritten);
        }

        @Override
        public void finishRewrite(Runnable whenDone) {
            other.finishRewrite(whenDone);
        }
    }

    @Override
    public String name() {
        return "forgetful-none";
    }

    @Override
    public String summary() {
        return sound.summary();
    }

    @Override
    public Class<C> configType() {
        return sound.configType();
    }

    @Override
    public Class<M> messageType() {
        return sound.messageType();
    }

    @Override
    public Class<R> recordType() {
        return sound.recordType();
    }

    @Override
    public void check(C config, Membership members) {
        sound.check(config, members);
    }

    @Override
    public Algorithm<M, R, T> create(C config, Context<M, R, T> context) {
        return sound.create(config, context);
    }

    @Override
    public Traits traits(C config) {
        return sound.traits(config);
    }
}
