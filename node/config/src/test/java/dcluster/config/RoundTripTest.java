package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.config.standin.Demanding;
import dcluster.config.standin.Sampler;
import dcluster.config.standin.Sampler.Amount;
import dcluster.config.standin.TwoPhaseCommit;
import dcluster.spi.ByteSize;
import dcluster.spi.DurationRange;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a cluster is configured to be, the file that {@link ClusterFile#write} makes of it says the same. */
class RoundTripTest {
    private static final int RUNS = Integer.getInteger("config.roundtrips", 1000);
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());

    private Random random = new Random(0);

    @Test
    void aWrittenConfigurationIsReadAsAnEqualOne() {
        for (int seed = 0; seed < RUNS; seed++) {
            random = new Random(seed);
            var config = config();
            var text = ClusterFile.write(config);

            assertThat(ClusterFile.load(
                            new ClusterText("written.yaml", text), Overrides.NONE, ALGORITHMS, PortPicker.NONE))
                    .as("seed %d, written as%n%s", seed, text)
                    .isEqualTo(config);
            assertThat(text).as("seed %d", seed).matches("[\\x0a\\x20-\\x7e]*");
        }
    }

    private ClusterConfig config() {
        var choice = choice();
        boolean coordinated = choice.hasCoordinator() || random.nextBoolean();
        var nodes = IntStream.rangeClosed(1, 1 + random.nextInt(5))
                .mapToObj(i -> member("node-" + i, 1000 * i))
                .toList();
        return new ClusterConfig(
                random.nextBoolean() ? "null" : "Test_" + random.nextInt(100),
                any(List.of("", "0", "1e5", "null", "5f0c2ab1")),
                choice,
                new Membership(nodes, coordinated ? Optional.of(member("coordinator", 30_000)) : Optional.empty()),
                new Storage(
                        sync(),
                        new ByteSize(8192 + random.nextInt(1 << 29)),
                        new ByteSize((1 << 20) + random.nextInt(1 << 30))),
                new Network(
                        true,
                        Duration.ofNanos(1_000_000 + random.nextInt(1_000_000_000)),
                        new ByteSize((16 << 20) + random.nextInt(1 << 29)),
                        any(List.of(Forwarding.values())),
                        1 + random.nextInt(1_000_000),
                        1 + random.nextInt(1_000_000)),
                new Chaos(random.nextBoolean()),
                any(List.of(Mutants.values())),
                coordinated && !choice.hasCoordinator() ? any(List.of(Balance.values())) : Balance.LEADER);
    }

    private AlgorithmChoice choice() {
        return switch (random.nextInt(5)) {
            case 0 -> choice("two-phase-commit", twoPhaseCommit());
            case 1, 2 -> choice("demanding", demanding());
            default -> choice("sampler", sampler());
        };
    }

    private TwoPhaseCommit.Config twoPhaseCommit() {
        return new TwoPhaseCommit.Config(
                any(List.of(TwoPhaseCommit.Protocol.values())),
                any(List.of(TwoPhaseCommit.Locking.values())),
                any(List.of(TwoPhaseCommit.Termination.values())),
                Duration.ofNanos(1_000_000 + random.nextInt(1_000_000_000)),
                Duration.ofMillis(1 + random.nextInt(1000)),
                Duration.ofSeconds(1 + random.nextInt(100)),
                1 + random.nextInt(256),
                1 + random.nextInt(10_000),
                new ByteSize(4096 + random.nextInt(1 << 20)));
    }

    private Member member(String id, int port) {
        var host = any(List.of("127.0.0.1", "localhost", "::1", "fe80::1%eth0", "node-1.example.org", "10.0.0.7"));
        return new Member(
                new NodeId(id), host, port, port + 1, port + 2, any(List.of("", "east", "eu-west-1a", "null", "0")));
    }

    private Sync sync() {
        var interval = Duration.ofNanos(1_000_000 + random.nextInt(1_000_000_000));
        return any(List.of(new Sync.Always(), new Sync.Never(), new Sync.Every(interval)));
    }

    private static AlgorithmChoice choice(String name, Record options) {
        return new AlgorithmChoice(ALGORITHMS.byName(name).orElseThrow(), options);
    }

    private Demanding.Config demanding() {
        return new Demanding.Config(new Demanding.Quorums(random.nextInt(), random.nextInt()), maybe(random::nextInt));
    }

    private Sampler.Config sampler() {
        return new Sampler.Config(
                random.nextBoolean(),
                random.nextInt(),
                random.nextLong(),
                any(List.of(0.0, -0.0, 1e-300, -1.5, Double.MAX_VALUE, Double.MIN_VALUE, random.nextGaussian())),
                text(),
                any(List.of(Sampler.Pace.values())),
                duration(),
                range(),
                new ByteSize(random.nextLong() >>> (1 + random.nextInt(60))),
                amount(),
                when(),
                new Sampler.Pause(duration()),
                maybe(this::duration),
                maybe(random::nextInt),
                maybe(this::amount),
                some(this::text),
                some(this::amount),
                some(() -> maybe(this::text)));
    }

    private Duration duration() {
        long nanos = random.nextLong() >>> (5 + random.nextInt(59));
        return Duration.ofNanos(random.nextBoolean() ? nanos : nanos / 1_000_000 * 1_000_000);
    }

    private DurationRange range() {
        var least = duration();
        return new DurationRange(least, least.plus(duration()));
    }

    private Amount amount() {
        int entries = 1 + random.nextInt(1000);
        return new Amount(entries, new ByteSize((long) entries << random.nextInt(30)));
    }

    private Sampler.When when() {
        return any(List.of(
                new Sampler.When.AtOnce(),
                new Sampler.When.After(duration()),
                new Sampler.When.Between(duration(), duration())));
    }

    private String text() {
        if (random.nextInt(4) == 0) {
            return any(List.of(
                    "", " ", "null", "~", "Null", "true", "-", "- a", "a: b", "#", "a #b", "{}", "[", "'", "\"", "010",
                    "\ufeff", "a\n"));
        }
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append((char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
        return text.toString();
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> value) {
        var values = new ArrayList<T>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value.get());
        }
        return List.copyOf(values);
    }
}
