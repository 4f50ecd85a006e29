package dcluster.toolkit.seam;

import dcluster.spi.Algorithm;
import dcluster.spi.Context;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.testing.RecordingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Recording contexts of all members, and a network between them that a test can cut. */
final class Mesh<M, R, T, A extends Algorithm<M, R, T>> {
    /** Whether a message to a node arrives; both ends see all others. */
    private BiPredicate<NodeId, M> arrives = (to, message) -> true;

    private final Map<NodeId, RecordingContext<M, R, T>> contexts = new LinkedHashMap<>();
    private final Map<NodeId, A> replicas = new LinkedHashMap<>();
    private final Map<NodeId, Map<Request, Response>> replies = new LinkedHashMap<>();
    private final Function<Context<M, R, T>, A> make;

    Mesh(Membership members, Function<Context<M, R, T>, A> make) {
        this.make = make;
        members.all().forEach(member -> {
            var context = new RecordingContext<M, R, T>(member.id(), members, 1);
            contexts.put(member.id(), context);
            replicas.put(member.id(), context.attach(make.apply(context)));
        });
    }

    RecordingContext<M, R, T> at(NodeId node) {
        return Objects.requireNonNull(contexts.get(node));
    }

    A replica(NodeId node) {
        return Objects.requireNonNull(replicas.get(node));
    }

    void onlyIf(BiPredicate<NodeId, M> condition) {
        arrives = condition;
    }

    void crash(NodeId node) {
        replicas.put(node, at(node).crashAndRestart(make));
    }

    /** Disks catch up and messages travel until nothing moves any more; each message arrives twice. */
    void settle() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (var from : contexts.entrySet()) {
                from.getValue().durable();
                var sent = from.getValue().sent();
                keepReplies(from.getKey());
                from.getValue().clear();
                for (var one : sent) {
                    if (arrives.test(one.to(), one.message())) {
                        at(one.to()).receive(from.getKey(), one.message());
                        at(one.to()).receive(from.getKey(), one.message());
                    }
                }
                moved |= !sent.isEmpty()
                        || from.getValue().held() > 0
                        || !from.getValue().toSelf().isEmpty();
            }
        }
    }

    private void keepReplies(NodeId node) {
        var kept = replies.computeIfAbsent(node, none -> new LinkedHashMap<>());
        at(node).replies().forEach(reply -> kept.put(reply.request(), reply.response()));
    }

    /** The answer to a request at a node, if it left. */
    Optional<Response> reply(NodeId node, Request request) {
        keepReplies(node);
        return Optional.ofNullable(replies.getOrDefault(node, Map.of()).get(request));
    }
}
