package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.terminal.Spans;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SpansTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0s",
        "0, 0s",
        "59, 59s",
        "60, 1m00s",
        "3599, 59m59s",
        "3600, 1h00m",
        "86399, 23h59m",
        "90000, 1d01h"
    })
    void aSpanIsShownInItsTwoLargestUnits(long seconds, String shown) {
        assertThat(Spans.shown(Duration.ofSeconds(seconds))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "20ms", "1500ms", "2s", "90s", "1h", "48h"})
    void whatIsExactIsSpelledAsOptionsAre(String span) {
        assertThat(Spans.exact(new DurationConverter().convert(span))).isEqualTo(span);
    }

    @Test
    void durationsAreWrittenAsInAClusterFile() {
        var converter = new DurationConverter();
        assertThat(converter.convert("250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(converter.convert("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(converter.convert("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(converter.convert("1h")).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "99999999999s", "1d"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
