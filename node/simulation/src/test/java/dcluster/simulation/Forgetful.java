package dcluster.simulation;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Status;
import dcluster.spi.Traits;
import java.util.SortedMap;
import java.util.TreeMap;

/** An algorithm that counts its requests among its durable state, and journals nothing of that: broken on purpose. */
record Forgetful<M, R, T, C extends Record>(AlgorithmProvider<M, R, T, C> sound)
        implements AlgorithmProvider<M, R, T, C> {
    static Population<?, ?, ?, ?> population(String algorithm, int nodes) {
        return population(Populations.of(algorithm, nodes));
    }

    private static <M, R, T, C extends Record> Population<M, R, T, C> population(Population<M, R, T, C> sound) {
        return new Population<>(
                new Forgetful<>(sound.provider()),
                sound.options(),
                sound.members(),
                sound.hostOptions(),
                sound.journalOptions());
    }

    @Override
    public String name() {
        return "forgetful";
    }

    @Override
    public String summary() {
        return "Forgets how often it was asked.";
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
    public Algorithm<M, R, T> create(C config, Context<M, R, T> context) {
        return new Counting<>(sound.create(config, context));
    }

    @Override
    public Traits traits(C config) {
        return sound.traits(config);
    }

    private static final class Counting<M, R, T> implements Algorithm<M, R, T> {
        private final Algorithm<M, R, T> sound;
        private long requests;

        Counting(Algorithm<M, R, T> sound) {
            this.sound = sound;
        }

        @Override
        public void replay(R record) {
            sound.replay(record);
        }

        @Override
        public void start() {
            sound.start();
        }

        @Override
        public void onMessage(NodeId from, M message) {
            sound.onMessage(from, message);
        }

        @Override
        public void onTimer(T timer) {
            sound.onTimer(timer);
        }

        @Override
        public void onRequest(Request request) {
            requests++;
            sound.onRequest(request);
        }

        @Override
        public void endTurn() {
            sound.endTurn();
        }

        @Override
        public Status status() {
            return sound.status();
        }

        @Override
        public SortedMap<String, Object> durableState() {
            var state = new TreeMap<>(sound.durableState());
            state.put("requests", requests);
            return state;
        }
    }
}
