package dcluster.checker.session;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import java.util.ArrayList;

/** Checks what each session saw of registers; in linear time if no value is written to a key twice. */
public final class Sessions {
    private Sessions() {}

    /**
     * Checks all sessions of a history.
     *
     * @throws dcluster.checker.history.UnfitException with the line, if the history has other operations than reads, writes and
     *     compare-and-sets
     */
    public static SessionGuarantees check(History history) {
        var conflicts = new ArrayList<Conflict>();
        var unwritten = new ArrayList<Operation>();
        var doubtful = new ArrayList<Together>();
        history.byKey().forEach((key, operations) -> {
            var register = new Register(operations);
            unwritten.addAll(register.unwritten());
            var check = new KeyCheck(key, register);
            if (check.isDoubtful()) {
                conflicts.addAll(check.conflicts());
                doubtful.add(check.answers());
            }
        });
        return new SessionGuarantees(history.clients(), conflicts, unwritten, doubtful);
    }
}
