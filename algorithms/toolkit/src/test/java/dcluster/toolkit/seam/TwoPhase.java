package dcluster.toolkit.seam;

import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two-phase commit with presumed abort (Mohan, Lindsay and Obermarck 1986): one class of messages and records, two
 * roles. A member of the cluster is a participant, the coordinator beside it coordinates.
 */
public final class TwoPhase implements Algorithm<TwoPhase.Message, TwoPhase.Entry, TwoPhase.Timer> {
    public record TransactionId(NodeId coordinator, long incarnation, long number) {}

    public sealed interface Message {
        TransactionId id();
    }

    record Prepare(TransactionId id, List<Command> commands) implements Message {}

    record Vote(TransactionId id, Optional<List<Result>> yes) implements Message {}

    record Decision(TransactionId id, boolean commit) implements Message {}

    record Acknowledged(TransactionId id) implements Message {}

    record Inquiry(TransactionId id) implements Message {}

    public sealed interface Entry {
        TransactionId id();
    }

    /** A participant's yes-vote: what it will do, and so what it keeps locked. */
    record Prepared(TransactionId id, List<Command> commands) implements Entry {}

    record Finished(TransactionId id, boolean commit) implements Entry {}

    record Committed(TransactionId id, List<NodeId> participants) implements Entry {}

    record Ended(TransactionId id) implements Entry {}

    public enum Question {
        VOTES_MISSING,
        ACKNOWLEDGEMENTS_MISSING,
        IN_DOUBT
    }

    public record Timer(Question question, TransactionId id) {}

    /** What the two roles have in common with the whole. */
    interface Role {
        void replay(Entry record);

        void start();

        void onMessage(NodeId from, Message message);

        void onTimer(Timer timer);

        void onRequest(Request request);

        Status status();
    }

    private final Role role;

    TwoPhase(Context<Message, Entry, Timer> context) {
        role = context.members().isCoordinator(context.self()) ? new Coordinator(context) : new Participant(context);
    }

    /** The participant that holds a key. */
    static NodeId owner(Bytes key, List<NodeId> participants) {
        return participants.get(Math.floorMod(key.hashCode(), participants.size()));
    }

    @Override
    public void replay(Entry record) {
        role.replay(record);
    }

    @Override
    public void start() {
        role.start();
    }

    @Override
    public void onMessage(NodeId from, Message message) {
        role.onMessage(from, message);
    }

    @Override
    public void onTimer(Timer timer) {
        role.onTimer(timer);
    }

    @Override
    public void onRequest(Request request) {
        role.onRequest(request);
    }

    @Override
    public Status status() {
        return role.status();
    }

    /** What a participant holds, by the side door of its test. */
    Response read(Bytes key) {
        return ((Participant) role).read(key);
    }

    static Status status(String role, long applied, Map<String, Object> details) {
        return new Status(role, Optional.empty(), applied, 0, details);
    }

    static Response aborted(String why) {
        return new Response.Failed(Response.Reason.UNAVAILABLE, "aborted: " + why);
    }
}
