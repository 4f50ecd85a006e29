package dcluster.twophase;

import dcluster.spi.Bytes;
import dcluster.spi.Command.Operation;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.twophase.TwoPhaseRecord.Contradicted;
import dcluster.twophase.TwoPhaseRecord.Prepared;
import dcluster.twophase.TwoPhaseRecord.Unconfirmed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Shows operators what a participant keeps in doubt, and reads their decisions. */
final class Operators {
    static final String IN_DOUBT = "in-doubt";

    static final String OWNER = "owner";

    private static final String RESOLVE = "resolve";

    static final List<String> COLUMNS = List.of("transaction", "state", "age ms", "participants", "locks", "waiting");

    private static final int MOST_KEYS = 8;
    static final String NONE = "-";

    private final Shard shard;
    private final Doubts doubts;
    private final Admission admission;
    private final BiConsumer<Prepared, Boolean> resolve;

    /** {@code resolve} commits or aborts what is prepared, before any decision is known. */
    Operators(Shard shard, Doubts doubts, Admission admission, BiConsumer<Prepared, Boolean> resolve) {
        this.shard = shard;
        this.doubts = doubts;
        this.admission = admission;
        this.resolve = resolve;
    }

    /** What they may ask of any member, with what it does. */
    static SortedMap<String, String> operations() {
        return new TreeMap<>(Map.of(
                IN_DOUBT,
                "Shows what this node has voted yes on without knowing the decision, or what the coordinator has decided"
                        + " and others have not acknowledged. No arguments.",
                OWNER,
                "Shows which participants hold which keys. Arguments: the keys.",
                RESOLVE,
                "Commits or aborts at this node what is in doubt, durably and whatever is decided elsewhere. Arguments: the"
                        + " transaction, and commit or abort."));
    }

    /** The answer to an operation; what it changes is journalled when this returns. */
    Response answer(Operation operation) {
        return operation.name().equals(IN_DOUBT) ? inDoubt() : resolve(operation.arguments());
    }

    private Response inDoubt() {
        var rows = new ArrayList<List<String>>();
        shard.prepared().forEach(prepared -> rows.add(row(prepared)));
        shard.unconfirmed().forEach(each -> rows.add(row(each)));
        shard.contradicted().forEach(each -> rows.add(row(each)));
        return new Response.Ok(new Result.Table(COLUMNS, rows));
    }

    private List<String> row(Prepared prepared) {
        var claim = prepared.claim();
        return List.of(
                prepared.id().toString(),
                doubts.isLogLost(prepared.id()) ? "in doubt: the coordinator has lost its log" : "in doubt",
                Long.toString(doubts.ageNanos(prepared.id()) / 1_000_000),
                names(prepared.writers()),
                keys(claim),
                Long.toString(admission.waitersFor(claim)));
    }

    static String names(Collection<NodeId> nodes) {
        return nodes.stream().map(NodeId::name).collect(Collectors.joining(" "));
    }

    private static String keys(Claim claim) {
        var keys = claim.modes().keySet();
        var some = keys.stream().limit(MOST_KEYS).map(Bytes::toString).collect(Collectors.joining(" "));
        return keys.size() > MOST_KEYS ? some + " and " + (keys.size() - MOST_KEYS) + " more" : some;
    }

    private List<String> row(Unconfirmed unconfirmed) {
        var id = unconfirmed.prepared().id();
        return List.of(
                id.toString(),
                "resolved: " + word(unconfirmed.commits()) + (doubts.isLogLost(id) ? ", for good" : ", not confirmed"),
                Long.toString(doubts.ageNanos(id) / 1_000_000),
                names(unconfirmed.prepared().writers()),
                NONE,
                NONE);
    }

    private static List<String> row(Contradicted contradicted) {
        return List.of(
                contradicted.id().toString(),
                "HEURISTIC-MIXED: resolved " + word(!contradicted.commits()) + ", decided "
                        + word(contradicted.commits()),
                NONE,
                NONE,
                NONE,
                NONE);
    }

    private Response resolve(List<String> arguments) {
        if (arguments.size() != 2 || !List.of(word(true), word(false)).contains(arguments.get(1))) {
            return refused("resolve wants a transaction, as in-doubt shows it, and commit or abort, not " + arguments);
        }
        var prepared = TransactionId.parse(arguments.get(0)).flatMap(shard::prepared);
        if (prepared.isEmpty()) {
            return refused(arguments.get(0) + " is not in doubt here");
        }
        resolve.accept(prepared.get(), arguments.get(1).equals(word(true)));
        return inDoubt();
    }

    private static Response refused(String why) {
        return new Response.Failed(Reason.UNSUPPORTED, why);
    }

    static String word(boolean commits) {
        return commits ? "commit" : "abort";
    }
}
