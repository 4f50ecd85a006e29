package dcluster.config.standin;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options of each type that there is. */
public final class Sampler extends StandIn<Sampler.Config> {
    public Sampler() {
        super("sampler", Config.class);
    }

    public record Config(
            @Default("true") boolean flag,
            @Default("3") int count,
            @Default("-5") long offset,
            @Default("0.5") double ratio,
            @Default("plain") String label,
            @Default("not-so-slow") Pace pace,
            @Default("150ms") Duration patience,
            @Default("150ms..300ms") DurationRange span,
            @Default("64MiB") ByteSize size,
            @Default("{entries: 10000, bytes: 64MiB}") Amount amount,
            @Default("at-once") When when,
            Pause pause,
            Optional<Duration> limit,
            @Default("7") Optional<Integer> lucky,
            Optional<Amount> extra,
            @Default("[a, b]") List<String> words,
            @Default("[]") List<Amount> amounts,
            @Default("[]") List<Optional<String>> holes) {}

    public enum Pace {
        FAST,
        NOT_SO_SLOW
    }

    public record Amount(
            @Default("1") int entries, @Default("1KiB") ByteSize bytes) {
        public Amount {
            if (entries < 1) {
                throw new IllegalArgumentException("entries is at least 1");
            }
            if (bytes.bytes() < entries) {
                throw new IllegalArgumentException("an entry takes a byte at least");
            }
        }
    }

    /** A record of one component, which a word can stand for. */
    public record Pause(@Default("1s") Duration most) {}

    public sealed interface When {
        record AtOnce() implements When {}

        record After(Duration delay) implements When {}

        record Between(Duration least, @Default("1m") Duration most) implements When {}
    }
}
