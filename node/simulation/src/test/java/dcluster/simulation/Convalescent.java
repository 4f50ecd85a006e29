package dcluster.simulation;

import dcluster.host.HostOptions;
import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Recovers from a wipe once a majority that has forgotten nothing has answered, and does nothing else. */
final class Convalescent implements Algorithm<Convalescent.Message, Convalescent.Recovered, Convalescent.Timer> {
    /** Between nodes. */
    sealed interface Message {
        record Ask() implements Message {}

        record Tell() implements Message {}
    }

    /** In the journal: a process of that incarnation has learnt what it had to. */
    record Recovered(long incarnation) {}

    enum Timer {
        ASK
    }

    /** It has no options. */
    record Config() {}

    private final Context<Message, Recovered, Timer> context;
    private final Set<NodeId> told = new TreeSet<>();
    private long recovered;
    private boolean recovering;

    private Convalescent(Context<Message, Recovered, Timer> context) {
        this.context = context;
    }

    static Population<?, ?, ?, ?> population(int nodes) {
        var members = IntStream.rangeClosed(1, nodes)
                .mapToObj(i -> Populations.member("n" + i))
                .toList();
        return new Population<>(
                new Provider(),
                new Config(),
                new Membership(members, Optional.empty()),
                HostOptions.DEFAULT,
                Populations.JOURNAL);
    }

    @Override
    public void replay(Recovered record) {
        recovered = record.incarnation();
    }

    @Override
    public void start() {
        recovering = context.isWiped() && recovered == 0;
        onTimer(Timer.ASK);
    }

    @Override
    public void onTimer(Timer timer) {
        if (recovering) {
            context.members().others(context.self()).forEach(other -> context.send(other, new Message.Ask()));
            context.startTimer(Timer.ASK, Duration.ofMillis(50));
        }
    }

    @Override
    public void onMessage(NodeId from, Message message) {
        if (from.equals(context.self())) {
            recovering = false;
        } else if (message instanceof Message.Ask && !recovering) {
            context.send(from, new Message.Tell());
        } else if (message instanceof Message.Tell && recovering && told.add(from) && told.size() == majority()) {
            context.journal(new Recovered(context.incarnation()));
            context.send(context.self(), new Message.Tell());
        }
    }

    private int majority() {
        return context.members().ids().size() / 2 + 1;
    }

    @Override
    public void onRequest(Request request) {
        context.reply(request, new Response.Ok(new Result.Applied(true)));
    }

    @Override
    public Status status() {
        var incarnation = Map.<String, Object>of("incarnation", recovered);
        return new Status(recovering ? Status.RECOVERING : "well", Optional.empty(), 0, recovered, incarnation);
    }

    /** Provides it to simulations alone. */
    record Provider() implements AlgorithmProvider<Message, Recovered, Timer, Config> {
        @Override
        public String name() {
            return "convalescent";
        }

        @Override
        public String summary() {
            return "Recovers, and does nothing else.";
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
        public Class<Recovered> recordType() {
            return Recovered.class;
        }

        @Override
        public Algorithm<Message, Recovered, Timer> create(Config config, Context<Message, Recovered, Timer> context) {
            return new Convalescent(context);
        }

        @Override
        public Traits traits(Config config) {
            return new Traits(
                    Consistency.EVENTUAL, "lost disks", Map.of(), Set.of(Property.RECOVERS_FROM_WIPES), List.of());
        }
    }
}
