package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Outcome;
import dcluster.app.client.Reply;
import dcluster.app.terminal.Json;
import dcluster.spi.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TxnResultTest {
    private final TestSession session = new TestSession();
    private final List<TxnStep> steps = TxnScript.steps(List.of("get a"));

    @Test
    void everyOutcomeHasTheExitCodeThatKvGivesIt() {
        assertEnds(
                new Outcome.Refused("WRONGTYPE a list"), 1, "aborted", "aborted, and nothing was changed: WRONGTYPE");
        assertEnds(new Outcome.Unknown("lost"), 2, "unknown", "may have happened, or may yet, or nothing: lost");
        assertEnds(new Outcome.Unavailable("UNAVAILABLE x"), 4, "unavailable", "not served, and nothing was changed");
        assertEnds(new Outcome.Unavailable("ABORTED x"), 4, "aborted", "not served, and nothing was changed: ABORTED");
        assertEnds(
                new Outcome.Unreachable("no node"), 4, "unavailable", "not served, and nothing was changed: no node");
    }

    @Test
    void anAnswerThatIsNotAsWideAsTheTransactionIsUnknown() {
        assertEnds(new Outcome.Answered(new Reply.Many(List.of())), 2, "unknown", "the answer is not understood");
        assertEnds(new Outcome.Answered(new Reply.Nil()), 2, "unknown", "the answer is not understood");
    }

    @Test
    void aLineEndInAValueIsNoneOfTheTable() {
        var value = new Reply.Bulk(Bytes.utf8("a\nb"));
        assertThat(new TxnResult(session.session(), new FormatOption(), steps, KvResult.UNSERVED)
                        .show(new Outcome.Answered(new Reply.Many(List.of(value)))))
                .isZero();
        assertThat(session.out()).isEqualTo("COMMAND  RESULT\nget a    a\ufffdb\n");
    }

    @Command(name = "test")
    private static final class Holder implements Runnable {
        @Mixin
        private FormatOption format = new FormatOption();

        @Override
        public void run() {}
    }

    private void assertEnds(Outcome outcome, int exit, String word, String words) {
        session.reset();
        var holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).execute("-o", "json");
        assertThat(new TxnResult(session.session(), holder.format, steps, KvResult.UNSERVED).show(outcome))
                .as("%s", outcome)
                .isEqualTo(exit);
        assertThat(session.err()).contains(words);
        assertThat(Json.object(session.out()))
                .containsEntry("outcome", word)
                .isEqualTo(Map.of("outcome", word, "message", session.err().strip()));
    }
}
