package example;

import dcluster.spi.*;
import dcluster.toolkit.Store;
import java.time.Duration;
import java.util.*;

/**
 * The first node orders all writes and answers when every node holds them durably: the simplest replication that loses
 * nothing, and that stands still while any node is down.
 */
public final class PrimaryBackup
        implements AlgorithmProvider<
                PrimaryBackup.Message, PrimaryBackup.Applied, PrimaryBackup.Again, PrimaryBackup.Config> {
    sealed interface Message {}

    /** To all: hold this as number {@code index} of the log. */
    record Replicate(int index, Command command) implements Message {}

    /** To the primary: the log up to {@code index} is durable here. */
    record Held(int index) implements Message {}

    record Applied(Command command) {}

    record Again() {}

    record Config(@Default("100ms") Duration resend) {}

    private record Waiting(Request request, Response answer) {}

    private static final class Replica implements Algorithm<Message, Applied, Again> {
        private final Config config;
        private final Context<Message, Applied, Again> context;
        private final NodeId primary;
        private final List<Command> log = new ArrayList<>();
        private final Store store = new Store();
        private Response answer = new Response.Unknown("nothing was applied");
        private final Map<NodeId, Integer> held = new TreeMap<>();
        private final TreeMap<Integer, Waiting> waiting = new TreeMap<>();

        Replica(Config config, Context<Message, Applied, Again> context) {
            this.config = config;
            this.context = context;
            this.primary = context.members().ids().get(0);
        }

        @Override
        public void replay(Applied record) { // the only place where durable state changes
            log.add(record.command());
            answer = store.apply(record.command());
        }

        @Override
        public void start() {
            context.startTimer(new Again(), config.resend());
        }

        @Override
        public void onRequest(Request request) { // a client's command
            if (!context.self().equals(primary)) {
                context.reply(request, new Response.Redirect(primary));
            } else if (request.command().isRead()) {
                context.reply(request, store.apply(request.command()));
            } else {
                context.journal(new Applied(request.command()));
                waiting.put(log.size(), new Waiting(request, answer));
                context.members().ids().forEach(node -> replicate(node, log.size()));
            }
        }

        private void replicate(NodeId to, int index) {
            context.send(to, new Replicate(index, log.get(index - 1)));
        }

        @Override
        public void onMessage(NodeId from, Message message) {
            if (message instanceof Replicate replicate) {
                if (replicate.index() == log.size() + 1) {
                    context.journal(new Applied(replicate.command()));
                }
                context.send(from, new Held(log.size())); // leaves when the log is durable up to there
            } else if (message instanceof Held reply) {
                held.merge(from, reply.index(), Math::max);
                answerWhatAllHold();
            }
        }

        private void answerWhatAllHold() {
            int all = context.members().ids().stream().mapToInt(node -> held.getOrDefault(node, 0)).min().orElse(0);
            var done = waiting.headMap(all, true);
            done.values().forEach(each -> context.reply(each.request(), each.answer()));
            done.clear();
        }

        @Override
        public void onTimer(Again timer) {
            for (var node : context.self().equals(primary) ? context.members().ids() : List.<NodeId>of()) {
                int from = held.getOrDefault(node, 0);
                for (int next = from + 1; next <= Math.min(from + 1000, log.size()); next++) {
                    replicate(node, next);
                }
            }
            context.startTimer(new Again(), config.resend());
        }

        @Override
        public Status status() {
            var role = context.self().equals(primary) ? "primary" : "backup";
            return new Status(role, Optional.of(primary), log.size(), store.hash(), Map.of());
        }
    }

    @Override
    public String name() {
        return "primary-backup";
    }

    @Override
    public String summary() {
        return "The first node orders writes and answers when every node holds them.";
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
    public Class<Applied> recordType() {
        return Applied.class;
    }

    @Override
    public Algorithm<Message, Applied, Again> create(Config config, Context<Message, Applied, Again> context) {
        return new Replica(config, context);
    }

    @Override
    public Traits traits(Config config) {
        var properties = Set.of(Traits.Property.ORDERS_WRITES, Traits.Property.CONVERGES);
        return new Traits(
                Traits.Consistency.STRICT_SERIALIZABLE, "crashes; writes wait for all", Store.UNSERVED, properties, List.of());
    }
}
