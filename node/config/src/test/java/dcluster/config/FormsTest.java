package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.config.standin.Sampler;
import dcluster.config.standin.Sampler.Amount;
import dcluster.config.standin.Sampler.Pace;
import dcluster.config.standin.Sampler.Pause;
import dcluster.config.standin.Sampler.When;
import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record may hold, how that is written, and which declarations are refused. */
class FormsTest {
    private static final Place HERE = Place.whole("here");

    @Test
    void defaultsAreBoundWhereNothingIsGiven() {
        assertThat(Forms.defaults(Sampler.Config.class))
                .isEqualTo(new Sampler.Config(
                        true,
                        3,
                        -5L,
                        0.5,
                        "plain",
                        Pace.NOT_SO_SLOW,
                        Duration.ofMillis(150),
                        new DurationRange(Duration.ofMillis(150), Duration.ofMillis(300)),
                        new ByteSize(64 << 20),
                        new Amount(10_000, new ByteSize(64 << 20)),
                        new When.AtOnce(),
                        new Pause(Duration.ofSeconds(1)),
                        Optional.empty(),
                        Optional.of(7),
                        Optional.empty(),
                        List.of("a", "b"),
                        List.of(),
                        List.of()));
    }

    @Test
    void eachTypeIsReadAsItIsWritten() {
        var config = sampler("""
                flag: false
                count: 010
                offset: +9223372036854775807
                ratio: 1e-3
                label: no
                pace: fast
                patience: 1h
                span: 0ms..1500us
                size: 1TiB
                amount: {bytes: 1GiB}
                when: {between: {least: 5s}}
                pause: 7ns
                limit: 2m
                lucky: ~
                extra: {}
                words: [a b, "", 'no']
                amounts:
                  - entries: 2
                  -
                holes: [null, "null", x]
                """);

        assertThat(config)
                .isEqualTo(new Sampler.Config(
                        false,
                        10,
                        Long.MAX_VALUE,
                        0.001,
                        "no",
                        Pace.FAST,
                        Duration.ofHours(1),
                        new DurationRange(Duration.ZERO, Duration.ofNanos(1_500_000)),
                        new ByteSize(1L << 40),
                        new Amount(10_000, new ByteSize(1 << 30)),
                        new When.Between(Duration.ofSeconds(5), Duration.ofMinutes(1)),
                        new Pause(Duration.ofNanos(7)),
                        Optional.of(Duration.ofMinutes(2)),
                        Optional.empty(),
                        Optional.of(new Amount(1, new ByteSize(1024))),
                        List.of("a b", "", "no"),
                        List.of(new Amount(2, new ByteSize(1024)), new Amount(1, new ByteSize(1024))),
                        List.of(Optional.empty(), Optional.of("null"), Optional.of("x"))));
    }

    @Test
    void aRecordOfOneComponentIsAWordOrAMapping() {
        assertThat(sampler("pause: 5s").pause()).isEqualTo(new Pause(Duration.ofSeconds(5)));
        assertThat(sampler("pause: {most: 5s}").pause()).isEqualTo(new Pause(Duration.ofSeconds(5)));
        assertThat(sampler("pause:").pause()).isEqualTo(new Pause(Duration.ofSeconds(1)));
        assertThat(sampler("when: {after: 5s}").when()).isEqualTo(new When.After(Duration.ofSeconds(5)));
        assertThat(sampler("when: {after: {delay: 5s}}").when()).isEqualTo(new When.After(Duration.ofSeconds(5)));
        assertThat(sampler("when: {at-once: }").when()).isEqualTo(new When.AtOnce());
    }

    @Test
    void textsMayHaveQuotesWhateverTheyLookLike() {
        var quoted = sampler("""
                label: "7"
                pace: 'fast'
                patience: "1h"
                span: '150ms..300ms'
                size: "64MiB"
                when: "at-once"
                words: ["true", '1.5']
                """);
        assertThat(quoted).isEqualTo(sampler("""
                        label: 7
                        pace: fast
                        patience: 1h
                        span: 150ms..300ms
                        size: 64MiB
                        when: at-once
                        words: [true, 1.5]
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"flag: 'true'", "count: '1'", "offset: \"-1\"", "ratio: '0.5'", "size: '512'", "lucky: '7'"})
    void numbersAndTruthsInQuotesAreTexts(String yaml) {
        assertThatThrownBy(() -> sampler(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(".* is .*, not the text '.*'; write it without quotes");
        sampler(yaml.replaceAll("['\"]", ""));
    }

    @Test
    void unitsArePrintedAsTheLargestThatIsExact() {
        assertThat(List.of(0L, 1L, 1_500L, 150_000_000L, 60_000_000_000L, 90_000_000_000L, 3_600_000_000_000L))
                .map(nanos -> Units.printDuration(Duration.ofNanos(nanos)))
                .containsExactly("0ns", "1ns", "1500ns", "150ms", "1m", "90s", "1h");
        assertThat(List.of(0L, 512L, 1024L, 1L << 20, 3L << 29, 1L << 40))
                .map(bytes -> Units.printSize(new ByteSize(bytes)))
                .containsExactly("0", "512", "1KiB", "1MiB", "1536MiB", "1TiB");
    }

    @Test
    void durationsInAConstructorsWordsAreToldAsTheyAreWrittenHere() {
        assertThat(Units.inWords("PT0.05S must fit twice into PT1M30S, PT2H, but PTX and APT5S are none"))
                .isEqualTo("50ms must fit twice into 90s, 2h, but PTX and APT5S are none");
    }

    @Test
    void keysAreSpeltWithHyphens() {
        assertThat(List.of("electionTimeout", "reads", "phase1", "READ_INDEX", "AtOnce", "maxRPC", "partsInAMillion"))
                .map(Words::kebab)
                .containsExactly(
                        "election-timeout",
                        "reads",
                        "phase-1",
                        "read-index",
                        "at-once",
                        "max-rpc",
                        "parts-in-a-million");
    }

    @Test
    void whatIsCloseIsSuggested() {
        var known = List.of("election-timeout", "heartbeat", "reads", "sync");

        assertThat(List.of("electionTimout", "election_timeout", "Heartbeat", "raeds", "synch", "snyc"))
                .map(word -> Words.didYouMean(word, known))
                .containsExactly(
                        "; did you mean 'election-timeout'?",
                        "; did you mean 'election-timeout'?",
                        "; did you mean 'heartbeat'?",
                        "; did you mean 'reads'?",
                        "; did you mean 'sync'?",
                        "; did you mean 'sync'?");
        assertThat(List.of("timeout", "colour", "", "write", "s"))
                .map(word -> Words.didYouMean(word, known))
                .containsOnly("");
    }

    record Mapped(Map<String, String> map) {}

    record Endless(List<Endless> more) {}

    record Wrong(@Default("soon") Duration patience) {}

    record Refusing(@Default("{entries: 0}") Amount amount) {}

    sealed interface Open {
        non-sealed interface Rest extends Open {}
    }

    record Unbounded(Open open) {}

    @Test
    void declarationsThatCannotBeReadAreRefused() {
        var name = FormsTest.class.getName();

        assertThatThrownBy(() -> Forms.of(Mapped.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage("component map of " + name + "$Mapped: java.util.Map<java.lang.String, java.lang.String>"
                        + " is a type that has no form in a cluster file");
        assertThatThrownBy(() -> Forms.of(Endless.class))
                .hasMessage("component more of " + name + "$Endless: " + name
                        + "$Endless holds itself, so it has no form in a cluster file");
        assertThatThrownBy(() -> Forms.of(Wrong.class))
                .hasMessage("component patience of " + name
                        + "$Wrong: its default is a duration such as 500us, 150ms, 2s" + " or 1m, not 'soon'");
        assertThatThrownBy(() -> Forms.of(Refusing.class))
                .hasMessage("component amount of " + name + "$Refusing: entries is at least 1");
        assertThatThrownBy(() -> Forms.of(Unbounded.class))
                .hasMessage("component open of " + name + "$Unbounded: " + name
                        + "$Open is a type that has no form in a cluster file");
    }

    record Fragile(int numerator) {
        Fragile {
            numerator = 10 / numerator;
        }
    }

    @Test
    void aConstructorThatFailsForAnotherReasonIsNotTheFilesFault() {
        var form = Forms.of(Fragile.class);

        assertThatThrownBy(() -> form.read(YamlReader.readValue(HERE, "numerator: 0"), "fragile"))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    private static Sampler.Config sampler(String yaml) {
        return Forms.of(Sampler.Config.class).read(YamlReader.readValue(HERE, yaml), "sampler");
    }
}
