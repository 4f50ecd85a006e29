package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Outcome;
import dcluster.app.client.Reply;
import dcluster.app.command.KvResult.Reading;
import dcluster.spi.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class KvResultTest {
    private final TestSession session = new TestSession();

    @Test
    void everyOutcomeHasItsExitCodeAndItsWords() {
        assertThat(show(new Outcome.Answered(new Reply.Simple("OK")))).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(show(new Outcome.Refused("WRONGTYPE a list"))).isEqualTo(1);
        assertThat(session.err()).contains("refused, and nothing was changed: WRONGTYPE a list");
        assertThat(show(new Outcome.Unknown("no answer"))).isEqualTo(2);
        assertThat(session.err()).contains("the outcome is unknown: it may have happened, or may yet");
        assertThat(show(new Outcome.Unavailable("no leader"))).isEqualTo(4);
        assertThat(session.err()).contains("not served, and nothing was changed: no leader");
        assertThat(show(new Outcome.Unreachable("no connection"))).isEqualTo(4);
    }

    @Test
    void whatCouldNotBeServedIsToldAsItsAskerHasIt() {
        var result = new KvResult(session.session(), new FormatOption(), "k", "this attempt did nothing");
        assertThat(result.show(new Outcome.Unavailable("no leader"), reply -> Reading.ok(null)))
                .isEqualTo(4);
        assertThat(session.err()).isEqualTo("this attempt did nothing: no leader\n");
    }

    @Test
    void valuesArePrintedByteByByte() {
        var bytes = Bytes.copyOf(new byte[] {(byte) 0xff, 0, 10});
        assertThat(show(new Outcome.Answered(new Reply.Nil()), bytes)).isZero();
        assertThat(session.outBytes()).containsExactly(0xff, 0, 10, 10);
    }

    @Test
    void listsArePrintedALineEach() {
        show(new Outcome.Answered(new Reply.Nil()), List.of(Bytes.utf8("a"), Bytes.utf8("b")));
        assertThat(session.out()).isEqualTo("a\nb\n");
    }

    @Test
    void jsonHasTheOutcomeAndTheValue() {
        show(new Outcome.Answered(new Reply.Nil()), Bytes.utf8("ü"), "-o", "ndjson");
        assertThat(session.out()).isEqualTo("{\"key\":\"k\",\"outcome\":\"ok\",\"value\":\"ü\"}\n");
        show(new Outcome.Answered(new Reply.Nil()), Bytes.copyOf(new byte[] {(byte) 0xff}), "-o", "ndjson");
        assertThat(session.out()).contains("\"value\":{\"base64\":\"/w==\"}");
        show(new Outcome.Unknown("x"), "", "-o", "ndjson");
        assertThat(session.out()).contains("\"outcome\":\"unknown\"");
    }

    @Command(name = "test")
    private static final class Holder implements Runnable {
        @Mixin
        private FormatOption format = new FormatOption();

        @Override
        public void run() {}
    }

    private int show(Outcome outcome) {
        session.reset();
        return new KvResult(session.session(), new FormatOption(), "k", KvResult.UNSERVED)
                .show(outcome, reply -> Reading.ok(null));
    }

    private int show(Outcome outcome, Object value, String... arguments) {
        session.reset();
        var holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
        return new KvResult(session.session(), holder.format, "k", KvResult.UNSERVED)
                .show(outcome, reply -> Reading.ok(value));
    }
}
