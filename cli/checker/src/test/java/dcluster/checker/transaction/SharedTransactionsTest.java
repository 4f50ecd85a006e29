package dcluster.checker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.HistoryReader;
import dcluster.checker.linear.Budget;
import dcluster.checker.testing.SharedHistories;
import dcluster.checker.transaction.Isolation.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories of simulated databases whose verdicts come from Elle. */
class SharedTransactionsTest {
    private static final Budget AMPLE = new Budget(Duration.ofSeconds(30), 1 << 29);

    private static final Map<String, Level> LEVELS = Map.of(
            "strict_serializable", Level.STRICT_SERIALIZABLE,
            "serializable", Level.SERIALIZABLE,
            "snapshot_isolation", Level.SNAPSHOT_ISOLATION);

    @Test
    void everyHistoryIsJudgedAsItsManifestSays() throws IOException {
        var entries = SharedHistories.of("txn-list-append");
        for (var entry : entries) {
            var found = new Transactions(TransactionModel.LIST_APPEND, AMPLE).check(HistoryReader.read(entry.file()));
            assertThat(found.transactions()).as("%s", entry).isEqualTo(Integer.parseInt(entry.expect("ops")));
            LEVELS.forEach((field, level) -> assertThat(found.answer(level))
                    .as("%s: %s, found %s", entry, field, found.counts())
                    .isEqualTo(entry.isTrue(field) ? Answer.HOLDS : Answer.VIOLATED));
        }
        assertThat(entries).hasSizeGreaterThanOrEqualTo(8);
    }
}
