package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.transaction.Bank;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Judges whether whoever read all accounts of a bank saw the same total, and nobody a negative balance. */
final class BankJudge implements Judge {
    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var accounts = accounts(history, terms.bank());
        var violations = new Bank(accounts, terms.bank().total()).check(history);
        long whole = history.operations().stream()
                .filter(operation -> TransactionReads.foundKeys(operation).equals(accounts))
                .count();
        var seen = Texts.count(whole, "transaction") + " read all of " + Texts.count(accounts.size(), "account");
        return new Ruling(
                violations.isEmpty() ? Answer.VALID : Answer.INVALID,
                violations.isEmpty()
                        ? seen + ", and saw the total of " + terms.bank().total()
                        : Texts.count(violations.size(), "transaction") + " saw what no bank may show",
                violations.stream()
                        .limit(Verdict.MOST_FINDINGS)
                        .map(found -> Finding.of(
                                "wrong balances", null, Witness.numbered(found.operations()), found.reason()))
                        .toList(),
                Map.of("violations", violations.size(), "wholeReads", whole, "accounts", accounts.size()),
                whole,
                "no transaction that read all accounts (" + Texts.cut(String.join(", ", accounts)) + ") ended with ok");
    }

    private static Set<String> accounts(History history, Terms.Bank bank) {
        return bank.accounts().isEmpty() ? Counts.keys(history) : bank.accounts();
    }
}
