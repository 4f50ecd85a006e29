package dcluster.toolkit.testing;

import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.testing.RecordingContext.Sent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Recording contexts of all members, and a network between them that a test can cut. */
public final class Mesh<M, R, T, A extends Algorithm<M, R, T>> {
    /** Whether a message to a node arrives; both ends see all others. */
    private BiPredicate<NodeId, M> arrives = (to, message) -> true;

    private final Map<NodeId, RecordingContext<M, R, T>> contexts = new LinkedHashMap<>();
    private final Map<NodeId, A> replicas = new LinkedHashMap<>();
    private final Map<NodeId, Map<Request, Response>> replies = new LinkedHashMap<>();
    private final Function<Context<M, R, T>, A> make;
    private boolean repeats = true;
    private long delivered;

    public Mesh(Membership members, Function<Context<M, R, T>, A> make) {
        this.make = make;
        members.all().forEach(member -> {
            var context = new RecordingContext<M, R, T>(member.id(), members, 1);
            contexts.put(member.id(), context);
            replicas.put(member.id(), context.attach(make.apply(context)));
        });
    }

    public RecordingContext<M, R, T> at(NodeId node) {
        return Objects.requireNonNull(contexts.get(node));
    }

    public A replica(NodeId node) {
        return Objects.requireNonNull(replicas.get(node));
    }

    public void onlyIf(BiPredicate<NodeId, M> condition) {
        arrives = condition;
    }

    public void crash(NodeId node) {
        crash(node, 0);
    }

    /** As {@link RecordingContext#crashAndRestart(Function, int)}. What the node has sent is on its way. */
    public void crash(NodeId node, int survivors) {
        replicas.put(node, at(node).crashAndRestart(make, survivors));
    }

    /** A node begins anew, with an empty journal: its disk is lost, and it knows nothing of its earlier life. */
    public void beginAnew(NodeId node) {
        var context = new RecordingContext<M, R, T>(node, at(node).members(), 2);
        contexts.put(node, context);
        replicas.put(node, context.attach(make.apply(context)));
    }

    /** Disks catch up and messages travel until nothing moves any more; each message arrives twice, unless told otherwise. */
    public void settle() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (var from : contexts.entrySet()) {
                from.getValue().durable();
                var sent = from.getValue().sent();
                forget(from.getKey());
                for (var one : sent) {
                    if (arrives.test(one.to(), one.message())) {
                        deliver(from.getKey(), one);
                    }
                }
                moved |= !sent.isEmpty()
                        || from.getValue().held() > 0
                        || !from.getValue().toSelf().isEmpty();
            }
        }
    }

    private void deliver(NodeId from, Sent<M> one) {
        at(one.to()).receive(from, one.message());
        if (repeats) {
            at(one.to()).receive(from, one.message());
        }
        delivered++;
    }

    /** What a node has sent was taken off it; its answers are kept. */
    public void forget(NodeId node) {
        keepReplies(node);
        at(node).clear();
    }

    /** From now on each message arrives once. */
    public void repeatNothing() {
        repeats = false;
    }

    /** How many messages arrived, each counted once. */
    public long delivered() {
        return delivered;
    }

    private void keepReplies(NodeId node) {
        var kept = replies.computeIfAbsent(node, none -> new LinkedHashMap<>());
        at(node).replies().forEach(reply -> kept.put(reply.request(), reply.response()));
    }

    /** Asks a node, and lets everything come to rest. */
    public Request ask(NodeId node, Command command) {
        var request = at(node).request(command);
        settle();
        return request;
    }

    /** The answer to a request at a node, once everything has come to rest; empty if there is none yet. */
    public Optional<Response> answer(NodeId node, Request request) {
        settle();
        return reply(node, request);
    }

    /** The answer to a request at a node, if it left. */
    public Optional<Response> reply(NodeId node, Request request) {
        keepReplies(node);
        return Optional.ofNullable(replies.getOrDefault(node, Map.of()).get(request));
    }
}
