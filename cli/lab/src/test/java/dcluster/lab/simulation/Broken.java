package dcluster.lab.simulation;

import dcluster.host.HostOptions;
import dcluster.journal.JournalOptions;
import dcluster.journal.Sync;
import dcluster.simulation.Population;
import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Status;
import dcluster.spi.Traits;
import dcluster.toolkit.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A store whose first node serves, and from which the others fetch what it was told; broken in one way or another. Its
 * first node must stay up, so not every run that breaks something breaks what it is broken for.
 */
final class Broken implements Algorithm<Broken.Message, Broken.Kept, Broken.Timer> {
    /** In which way it is broken. */
    enum Flaw {
        /** Acknowledges a write before it is durable. */
        ACKNOWLEDGES_EARLY,
        /** Each node answers reads from what it has fetched. */
        READS_LOCALLY,
        /** A message that arrives twice ends the node. */
        BREAKS_ON_REPETITION
    }

    sealed interface Message {}

    record Fetch(long from, long number) implements Message {}

    record Fetched(long total, Fetch fetch, List<Command> commands) implements Message {}

    sealed interface Kept {}

    record Applied(Command command) implements Kept {}

    record Forgot() implements Kept {}

    enum Timer {
        FETCH
    }

    record Options(Flaw flaw) {}

    static final int LEAST_NODES = 2;
    private static final Duration FETCH_EVERY = Duration.ofMillis(20);

    private static final long EACH_LIFE = 1_000_000;

    private final Flaw flaw;
    private final Context<Message, Kept, Timer> context;
    private final List<Command> commands = new ArrayList<>();
    private Store store = new Store();
    private long fetches;
    private long lastFetched;
    private Response answer = new Response.Unknown("nothing was applied");

    private Broken(Flaw flaw, Context<Message, Kept, Timer> context) {
        this.flaw = flaw;
        this.context = context;
    }

    @Override
    public void replay(Kept record) {
        if (record instanceof Applied applied) {
            answer = store.apply(applied.command);
            commands.add(applied.command);
        } else {
            store = new Store();
            commands.clear();
        }
    }

    @Override
    public void start() {
        if (!serves()) {
            context.startTimer(Timer.FETCH, FETCH_EVERY);
        }
    }

    private NodeId server() {
        return context.members().ids().get(0);
    }

    private boolean serves() {
        return context.self().equals(server());
    }

    @Override
    public void onTimer(Timer timer) {
        context.send(server(), new Fetch(commands.size(), context.incarnation() * EACH_LIFE + ++fetches));
        context.startTimer(Timer.FETCH, FETCH_EVERY);
    }

    @Override
    public void onMessage(NodeId from, Message message) {
        if (message instanceof Fetch fetch) {
            int known = (int) Math.min(fetch.from, commands.size());
            var rest = List.copyOf(commands.subList(known, Math.min(commands.size(), known + 20)));
            context.send(from, new Fetched(commands.size(), fetch, rest));
        } else {
            fetched((Fetched) message);
        }
    }

    private void fetched(Fetched fetched) {
        if (fetched.fetch.number / EACH_LIFE != context.incarnation()) {
            return;
        }
        if (flaw == Flaw.BREAKS_ON_REPETITION && fetched.fetch.number <= lastFetched && !fetched.commands.isEmpty()) {
            throw new IllegalStateException("that was fetched before");
        }
        lastFetched = fetched.fetch.number;
        if (fetched.fetch.from != commands.size()) {
            return;
        }
        if (fetched.total < commands.size()) {
            context.journal(new Forgot());
            return;
        }
        fetched.commands.forEach(command -> context.journal(new Applied(command)));
    }

    @Override
    public void onRequest(Request request) {
        var command = request.command();
        if (command.isRead() && (serves() || flaw == Flaw.READS_LOCALLY)) {
            context.reply(request, store.apply(command));
        } else if (!serves()) {
            context.reply(request, new Response.Redirect(server()));
        } else {
            context.journal(new Applied(command));
            (flaw == Flaw.ACKNOWLEDGES_EARLY ? context.eagerly() : context).reply(request, answer);
        }
    }

    @Override
    public Status status() {
        var role = serves() ? "server" : "follower";
        return new Status(role, Optional.of(server()), commands.size(), store.hash(), Map.of());
    }

    /** Provides it. */
    static final class Provider implements AlgorithmProvider<Message, Kept, Timer, Options> {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String summary() {
            return "Breaks.";
        }

        @Override
        public Class<Options> configType() {
            return Options.class;
        }

        @Override
        public Class<Message> messageType() {
            return Message.class;
        }

        @Override
        public Class<Kept> recordType() {
            return Kept.class;
        }

        @Override
        public void check(Options options, Membership members) {
            if (members.nodes().size() < LEAST_NODES) {
                throw new IllegalArgumentException("broken runs on two nodes at least");
            }
        }

        @Override
        public Algorithm<Message, Kept, Timer> create(Options options, Context<Message, Kept, Timer> context) {
            return new Broken(options.flaw, context);
        }

        @Override
        public Traits traits(Options options) {
            return new Traits(
                    Traits.Consistency.LINEARIZABLE,
                    "nothing",
                    Store.UNSERVED,
                    Set.of(Traits.Property.CONVERGES, Traits.Property.OUTLIVES_A_MINORITY),
                    List.of());
        }
    }

    static Population<?, ?, ?, ?> of(Flaw flaw, int nodes) {
        var members = IntStream.rangeClosed(1, nodes)
                .mapToObj(i -> new Member(new NodeId("n" + i), "127.0.0.1", i, i + 100, i + 200, ""))
                .toList();
        return new Population<>(
                new Provider(),
                new Options(flaw),
                new Membership(members, Optional.empty()),
                HostOptions.DEFAULT,
                new JournalOptions(JournalOptions.MIN_SEGMENT_BYTES * 8, new Sync.Always()));
    }
}
