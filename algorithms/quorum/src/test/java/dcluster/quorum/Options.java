package dcluster.quorum;

import dcluster.spi.ByteSize;
import java.time.Duration;
import java.util.List;

/** Options of a cluster in a test: three replicas, quorums of two, and whatever the test sets otherwise. */
final class Options {
    int replicas = 3;
    int reads = 2;
    int writes = 2;
    Versioning versions = Versioning.VECTOR_CLOCK;
    int tokens = 8;
    boolean sloppy;
    boolean hints = true;
    boolean readRepair = true;
    boolean antiEntropy = true;
    Duration grace = Duration.ofHours(24);
    Duration patience = Duration.ofSeconds(2);
    List<String> joining = List.of();
    List<String> leaving = List.of();

    static Options of(Versioning versions) {
        var options = new Options();
        options.versions = versions;
        return options;
    }

    /** Each with one mechanism to bring replicas to the same, or none. */
    Options with(boolean hints, boolean readRepair, boolean antiEntropy) {
        this.hints = hints;
        this.readRepair = readRepair;
        this.antiEntropy = antiEntropy;
        return this;
    }

    /** Nothing is mended behind the back of a test. */
    Options unmended() {
        return with(false, false, false);
    }

    Options quorums(int replicas, int reads, int writes) {
        this.replicas = replicas;
        this.reads = reads;
        this.writes = writes;
        return this;
    }

    Options sloppy() {
        sloppy = true;
        return this;
    }

    Options grace(Duration grace) {
        this.grace = grace;
        return this;
    }

    Options joining(String... nodes) {
        joining = List.of(nodes);
        return this;
    }

    Options leaving(String... nodes) {
        leaving = List.of(nodes);
        return this;
    }

    QuorumConfig config() {
        return new QuorumConfig(
                replicas,
                reads,
                writes,
                versions,
                tokens,
                sloppy,
                hints,
                readRepair,
                antiEntropy,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                grace,
                Duration.ofMillis(200),
                patience,
                new ByteSize(64 << 20),
                joining,
                leaving);
    }
}
