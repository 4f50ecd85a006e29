package dcluster.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.process.ProcessRecord.Expected;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRecordTest {
    static final Member MEMBER = new Member(new NodeId("n1"), "127.0.0.1", 7001, 17001, 27001, "east");

    @Test
    void aRecordIsReadAsItWasWritten() {
        assertThat(ProcessRecord.fromJson(record().toJson())).isEqualTo(record());
    }

    private static ProcessRecord record() {
        return new ProcessRecord(
                MEMBER,
                true,
                true,
                List.of("/a b/c.jar"),
                List.of("java", "-jar", "ü"),
                "token",
                42,
                99,
                Expected.KILLED);
    }

    @Test
    void aLaunchForgetsTheProcessBeforeIt() {
        var record = ProcessRecord.initial(MEMBER, false, List.of())
                .launching(List.of("java"), "t1")
                .launched(42, 99)
                .expecting(Expected.KILLED)
                .launching(List.of("java"), "t2");
        assertThat(record.begun()).isFalse();
        assertThat(record.pid()).isZero();
        assertThat(record.token()).isEqualTo("t2");
        assertThat(record.expected()).isEqualTo(Expected.RUNNING);
    }

    @Test
    void whoHasBegunNeverBeginsAgain() {
        var record = ProcessRecord.initial(MEMBER, false, List.of())
                .beginning()
                .launching(List.of("java"), "t1")
                .launched(42, 99)
                .expecting(Expected.KILLED);
        assertThat(record.begun()).isTrue();
        assertThat(record.pid()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"node\": 1}", "{\"node\": \"n1\", \"host\": null}"})
    void whatIsNoRecordIsRefused(String text) {
        requireRefused(text);
    }

    private static void requireRefused(String text) {
        assertThatThrownBy(() -> ProcessRecord.fromJson(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsLeftOfARecordThatWasCutIsRefused() {
        var whole = record().toJson();
        for (int length = 0; length < whole.length(); length++) {
            requireRefused(whole.substring(0, length));
        }
        requireRefused("[".repeat(100_000));
        requireRefused(whole.replace("7001", "1".repeat(5000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"clientPort\" : 7001/\"clientPort\" : 4294974297",
                "\"clientPort\" : 7001/\"clientPort\" : 0",
                "\"pid\" : 42/\"pid\" : \"42\"",
                "\"coordinator\" : true/\"coordinator\" : 1",
                "\"expected\" : \"killed\"/\"expected\" : \"kiled\"",
                "\"node\" : \"n1\"/\"node\" : \"N 1\""
            })
    void aFieldOfAWrongKindIsRefused(String change) {
        var whole = record().toJson();
        var changed = whole.replace(change.replaceAll("/.*", ""), change.replaceAll(".*/", ""));
        assertThat(changed).isNotEqualTo(whole);
        requireRefused(changed);
    }
}
