package dcluster.toolkit.seam;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Store;
import dcluster.toolkit.seam.TwoPhase.Acknowledged;
import dcluster.toolkit.seam.TwoPhase.Decision;
import dcluster.toolkit.seam.TwoPhase.Entry;
import dcluster.toolkit.seam.TwoPhase.Finished;
import dcluster.toolkit.seam.TwoPhase.Inquiry;
import dcluster.toolkit.seam.TwoPhase.Message;
import dcluster.toolkit.seam.TwoPhase.Prepare;
import dcluster.toolkit.seam.TwoPhase.Prepared;
import dcluster.toolkit.seam.TwoPhase.Question;
import dcluster.toolkit.seam.TwoPhase.Timer;
import dcluster.toolkit.seam.TwoPhase.TransactionId;
import dcluster.toolkit.seam.TwoPhase.Vote;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A participant's role: exclusive locks without waiting, released by the decision alone. */
final class Participant implements TwoPhase.Role {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Context<Message, Entry, Timer> context;
    private final HandlerTable<NodeId, Message> messages = HandlerTable.of(Message.class)
            .on(Prepare.class, this::onPrepare)
            .on(Decision.class, this::onDecision)
            .on(Vote.class, Participant::ignored)
            .on(Acknowledged.class, Participant::ignored)
            .on(Inquiry.class, Participant::ignored)
            .build();

    // Durable state
    private final Store store = new Store();
    private final Map<TransactionId, List<Command>> prepared = new LinkedHashMap<>();
    private final Map<Bytes, TransactionId> locks = new HashMap<>();
    private long finished;

    Participant(Context<Message, Entry, Timer> context) {
        this.context = context;
    }

    @Override
    public void replay(Entry record) {
        if (record instanceof Prepared vote) {
            prepared.put(vote.id(), vote.commands());
            keys(vote.commands()).forEach(key -> locks.put(key, vote.id()));
        } else if (record instanceof Finished decision) {
            var commands = prepared.remove(decision.id());
            if (commands != null) {
                keys(commands).forEach(locks::remove);
                if (decision.commit()) {
                    store.apply(new Command.Transaction(commands));
                }
                finished++;
            }
        }
    }

    private static List<Bytes> keys(List<Command> commands) {
        return commands.stream().flatMap(command -> command.keys().stream()).toList();
    }

    @Override
    public void start() {
        prepared.keySet().forEach(this::doubt);
    }

    private void doubt(TransactionId id) {
        context.startTimer(new Timer(Question.IN_DOUBT, id), PATIENCE);
    }

    @Override
    public void onMessage(NodeId from, Message message) {
        messages.dispatch(from, message);
    }

    private static void ignored(NodeId from, Message message) {}

    private void onPrepare(NodeId from, Prepare prepare) {
        boolean repeated = prepared.containsKey(prepare.id());
        if (!repeated && keys(prepare.commands()).stream().anyMatch(locks::containsKey)) {
            context.send(from, new Vote(prepare.id(), Optional.empty()));
            return;
        }
        var outcome = rehearse(prepare.commands());
        if (outcome.isPresent() && !repeated) {
            // Forced: the vote below is held until this is durable.
            context.journal(new Prepared(prepare.id(), prepare.commands()));
            doubt(prepare.id());
        }
        context.send(from, new Vote(prepare.id(), outcome));
    }

    /** What the commands would answer; nothing if one would fail. */
    private Optional<List<Result>> rehearse(List<Command> commands) {
        var trial = new Store();
        store.freeze().chunks(1 << 20).forEachRemaining(trial::restore);
        return trial.apply(new Command.Transaction(commands)) instanceof Response.Ok ok
                        && ok.result() instanceof Result.Each each
                ? Optional.of(each.results())
                : Optional.empty();
    }

    private void onDecision(NodeId from, Decision decision) {
        if (prepared.containsKey(decision.id())) {
            context.journal(new Finished(decision.id(), decision.commit()));
            context.stopTimer(new Timer(Question.IN_DOUBT, decision.id()));
        }
        if (decision.commit()) {
            context.send(from, new Acknowledged(decision.id()));
        }
    }

    /** In doubt, it asks; having voted yes, it never decides alone. */
    @Override
    public void onTimer(Timer timer) {
        if (prepared.containsKey(timer.id())) {
            context.send(timer.id().coordinator(), new Inquiry(timer.id()));
            doubt(timer.id());
        }
    }

    @Override
    public void onRequest(Request request) {
        var coordinator = context.members().coordinator().orElseThrow().id();
        context.reply(request, new Response.Redirect(coordinator));
    }

    Response read(Bytes key) {
        return store.apply(new Command.Get(key));
    }

    @Override
    public Status status() {
        return TwoPhase.status(
                "participant", finished, Map.of("inDoubt", (long) prepared.size(), "locks", (long) locks.size()));
    }
}
