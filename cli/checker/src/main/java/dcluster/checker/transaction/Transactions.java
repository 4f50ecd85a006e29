package dcluster.checker.transaction;

import dcluster.checker.history.History;
import dcluster.checker.linear.Budget;
import dcluster.checker.transaction.Deadline.OutOfTime;
import java.util.EnumSet;
import java.util.List;

/** Checks how well transactions were isolated from each other. */
public final class Transactions {
    private final TransactionModel model;
    private final Budget budget;

    /** A checker whose time is bounded; its memory is linear in the history. */
    public Transactions(TransactionModel model, Budget budget) {
        this.model = model;
        this.budget = budget;
    }

    /**
     * Checks all transactions of a history.
     *
     * @throws dcluster.checker.history.UnfitException if the history has operations or steps that the model does not
     *     know, or writes a value to a key twice
     */
    public Isolation check(History history) {
        var deadline = new Deadline(budget.time());
        var transactions = new Steps(model).transactions(history);
        var writers = new Writers(transactions);
        var findings = new Findings();
        var ruledOut = EnumSet.noneOf(Level.class);
        boolean isComplete = true;
        try {
            var graph = graph(transactions, writers, findings, deadline);
            var teller = new Teller(model, transactions);
            new Cycles(graph, deadline, ruledOut, (name, cycle) -> findings.add(teller.anomaly(name, cycle))).find();
        } catch (OutOfTime e) {
            isComplete = false;
        }
        findings.counts().keySet().forEach(phenomenon -> ruledOut.addAll(phenomenon.rulesOut()));
        int committed = (int) transactions.stream().filter(writers::isCommitted).count();
        return new Isolation(
                transactions.size(), committed, findings.anomalies(), findings.counts(), ruledOut, isComplete);
    }

    private Graph graph(List<Transaction> transactions, Writers writers, Findings findings, Deadline deadline)
            throws OutOfTime {
        var graph = new Graph(transactions.size());
        switch (model) {
            case LIST_APPEND -> new ListVersions(writers, graph, findings).infer(transactions, deadline);
            case RW_REGISTER -> new RegisterVersions(writers, graph, findings).infer(transactions, deadline);
        }
        var time = new RealTime(
                graph, transactions.stream().filter(writers::isCommitted).toList());
        time.addProcesses();
        time.addRealTime();
        return graph;
    }
}
