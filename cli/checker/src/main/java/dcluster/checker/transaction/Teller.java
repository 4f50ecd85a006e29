package dcluster.checker.transaction;

import dcluster.checker.transaction.Cycle.Hop;
import java.util.List;

/** Tells people of a cycle: its transactions, and why each comes before the next. */
final class Teller {
    private final TransactionModel model;
    private final List<Transaction> transactions;

    Teller(TransactionModel model, List<Transaction> transactions) {
        this.model = model;
        this.transactions = transactions;
    }

    Anomaly anomaly(Phenomenon phenomenon, Cycle cycle) {
        var members =
                cycle.hops().stream().map(hop -> transactions.get(hop.from())).toList();
        return new Anomaly(
                phenomenon,
                members.stream().map(Transaction::operation).toList(),
                members.stream().map(Transaction::text).toList(),
                cycle.hops().stream().map(this::reason).toList(),
                cycle.hops().stream().map(hop -> hop.relation().word()).toList(),
                cycle.isShortest());
    }

    private String reason(Hop hop) {
        var from = transactions.get(hop.from());
        var to = transactions.get(hop.to());
        return from.name() + " before " + to.name() + ": " + evidence(hop, from, to);
    }

    private String evidence(Hop hop, Transaction from, Transaction to) {
        var verb = model == TransactionModel.LIST_APPEND ? " appended " : " wrote ";
        return switch (hop.relation()) {
            case WW ->
                to.name() + verb + hop.after() + " to " + hop.key() + " after " + from.name() + "'s " + hop.before();
            case WR ->
                to.name() + " read " + hop.after() + " of " + hop.key() + ", which " + from.name()
                        + verb.stripTrailing();
            case RW -> from.name() + " read " + hop.key() + before(hop) + to.name() + verb + hop.after();
            case RW_PROCESS, RW_REALTIME ->
                from.name() + " read " + hop.key() + " at " + hop.before() + ", and " + to.name() + verb + hop.after()
                        + (hop.relation() == Relation.RW_PROCESS
                                ? " when the same client had written that"
                                : " when the writer of that had ended");
            case PROCESS -> "client " + from.operation().client() + " ended the one and then began the other";
            case REALTIME ->
                "it ended in line " + from.operation().ended() + ", and the other began in line "
                        + to.operation().invoked();
        };
    }

    private static String before(Hop hop) {
        return hop.before() == null ? " when there was nothing in it, before " : " at " + hop.before() + ", before ";
    }
}
