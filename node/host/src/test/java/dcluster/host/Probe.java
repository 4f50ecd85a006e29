package dcluster.host;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Eager;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Status;
import dcluster.spi.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An algorithm that writes down what happens to it and does what the test tells it. */
final class Probe implements Algorithm<Probe.Message, Probe.Noted, String> {
    sealed interface Message {
        String text();
    }

    record Plain(String text) implements Message {}

    record Fast(String text) implements Message, Eager {}

    record Noted(String text) {}

    record Config(boolean ordersWrites) {
        Config() {
            this(true);
        }
    }

    final Context<Message, Noted, String> context;
    final List<String> seen = new ArrayList<>();
    final List<String> durable = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();
    Consumer<String> whenTold = text -> {};
    Consumer<String> whenReplayed = text -> {};
    Consumer<Request> whenAsked = requests::add;

    private Probe(Context<Message, Noted, String> context) {
        this.context = context;
    }

    @Override
    public void replay(Noted record) {
        whenReplayed.accept(record.text());
        durable.add(record.text());
    }

    @Override
    public void start() {
        seen.add("start");
    }

    @Override
    public void onMessage(NodeId from, Message message) {
        seen.add(from + ":" + message.text());
        whenTold.accept(message.text());
    }

    @Override
    public void onTimer(String timer) {
        seen.add("timer:" + timer);
        whenTold.accept(timer);
    }

    @Override
    public void onRequest(Request request) {
        whenAsked.accept(request);
    }

    @Override
    public void endTurn() {
        seen.add("end");
    }

    @Override
    public Status status() {
        return new Status("probe", Optional.empty(), durable.size(), 0, Map.of());
    }

    static final class Provider implements AlgorithmProvider<Message, Noted, String, Config> {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public String summary() {
            return "Writes down what happens to it.";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Class<Message> messageType() {
            return Message.class;
        }

        @Override
        public Class<Noted> recordType() {
            return Noted.class;
        }

        @Override
        public Algorithm<Message, Noted, String> create(Config config, Context<Message, Noted, String> context) {
            return new Probe(context);
        }

        @Override
        public Traits traits(Config config) {
            return new Traits(
                    Traits.Consistency.EVENTUAL,
                    "nothing",
                    Map.of(Command.Increment.class, "it does not count"),
                    config.ordersWrites() ? Set.of(Traits.Property.ORDERS_WRITES) : Set.of(),
                    List.of(),
                    List.of(),
                    Set.of(),
                    new TreeMap<>(Map.of("show", "Shows all. No arguments.", "mend", "Mends one. NAME.")));
        }
    }
}
