package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import dcluster.checker.history.UnfitException;
import dcluster.checker.linear.Model;
import dcluster.checker.transaction.TransactionModel;
import java.time.Duration;

/** What a history can be checked for. */
@SuppressWarnings("ImmutableEnumChecker") // Nothing in it ever changes.
public enum Check {
    REGISTER("register", "linearizable registers: read, write, cas, append", new LinearJudge(Model.REGISTER)),
    COUNTER("counter", "linearizable counters: add, read", new LinearJudge(Model.COUNTER)),
    SET("set", "linearizable sets: add, remove, read", new LinearJudge(Model.SET)),
    QUEUE("queue", "linearizable queues, first in, first out: enqueue, dequeue", new LinearJudge(Model.QUEUE)),
    LIST("list", "linearizable lists: push, read", new LinearJudge(Model.LIST)),
    REGULAR("regular", "regular registers: read, also of siblings, write", new RegularJudge()),
    TXN_LIST_APPEND(
            "txn-list-append",
            "isolation of transactions on lists: append, r",
            new IsolationJudge(TransactionModel.LIST_APPEND)),
    TXN_RW_REGISTER(
            "txn-rw-register",
            "isolation of transactions on registers: w, r",
            new IsolationJudge(TransactionModel.RW_REGISTER)),
    BANK("bank", "transactions on accounts whose total never changes: w, r", new BankJudge()),
    LONG_FORK("long-fork", "transactions on registers written once, seen in one order: w, r", new LongForkJudge()),
    SESSIONS(
            "sessions",
            "read your writes, monotonic reads and writes, writes follow reads: read, write, cas",
            new SessionsJudge()),
    CONVERGENCE(
            "convergence",
            "nodes that agree after the note \"heal\" of the nemesis: read, write, cas",
            new ConvergenceJudge()),
    STALENESS("staleness", "how far behind reads are: read, write, cas", new StalenessJudge()),
    AVAILABILITY("availability", "how clients are served: any functions", new AvailabilityJudge());

    private final String word;
    private final String description;
    private final Judge judge;

    Check(String word, String description, Judge judge) {
        this.word = word;
        this.description = description;
        this.judge = judge;
    }

    /** The word for it on a command line. */
    public String word() {
        return word;
    }

    /** What is checked, and the functions that its histories have. */
    public String description() {
        return description;
    }

    /**
     * Judges a history, within the time and memory of the terms and a second or so.
     *
     * @throws dcluster.checker.history.UnfitException if the history has operations that are not of this check
     */
    public Verdict judge(History history, Terms terms) {
        if (!judge.knowsSiblings()) {
            refuseSiblings(history);
        }
        long start = System.nanoTime();
        var ruling = new Bounded(terms).run(stage -> judge.rule(history, terms, stage));
        var time = Duration.ofNanos(System.nanoTime() - start);
        boolean mayBeVacuous =
                ruling.answer() == Answer.VALID || history.operations().isEmpty();
        var vacuous = mayBeVacuous ? vacuity(history, ruling) : "";
        return vacuous.isEmpty()
                ? new Verdict(this, ruling.answer(), ruling.reason(), ruling.findings(), ruling.figures(), time)
                : new Verdict(this, Answer.UNKNOWN, vacuous, ruling.findings(), ruling.figures(), time);
    }

    private void refuseSiblings(History history) {
        for (var operation : history.operations()) {
            if (operation.output() instanceof Siblings) {
                throw new UnfitException(
                        operation.ended(),
                        "a read that saw siblings, which " + word + " does not know; " + REGULAR + " does");
            }
        }
    }

    /** Why nothing in a history could have contradicted what is checked; empty if something could. */
    private static String vacuity(History history, Ruling ruling) {
        int count = history.operations().size();
        if (count == 0) {
            return "there are no operations in it";
        }
        if (history.count(Operation.Outcome.FAIL) == count) {
            // Then it is certain what happened: nothing.
            return "";
        }
        if (history.operations().stream().noneMatch(operation -> operation.isOk())) {
            return "none of its " + Texts.count(count, "operation") + " ended with ok";
        }
        return ruling.observations() > 0 ? "" : "nothing in it could contradict that: " + ruling.missing();
    }

    /** As the command line spells it. */
    @Override
    public String toString() {
        return word;
    }
}
