package dcluster.app.bench;

import dcluster.app.client.OperationAnswer;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which keys lie at one shard, and what a client writes: two keys of each shard are its own. A cluster whose algorithm
 * does not tell whose keys are whose is one shard.
 *
 * @param shards the keys of each, at least two in each
 */
record Keys(List<List<Bytes>> shards) {
    private static final Bytes SET = Bytes.utf8("SET");
    private static final Bytes MSET = Bytes.utf8("MSET");
    private static final Bytes VALUE = Bytes.utf8("sixteen letters.");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CONTENDED = 3;

    /** The most that one question names. */
    private static final int BATCH = 1000;

    /** Shards differ in size: so many keys for each that a client needs. */
    private static final int SPARE = 3;

    Keys {
        shards = shards.stream().map(List::copyOf).toList();
    }

    /**
     * Asks a node of the cluster.
     *
     * @throws Failure if it does not answer
     */
    static Keys of(List<Member> members, int clients) {
        var names = IntStream.range(0, 2 * SPARE * clients * members.size())
                .mapToObj(i -> "bench:" + i)
                .toList();
        var shards = new TreeMap<String, List<Bytes>>();
        for (int from = 0; from < names.size(); from += BATCH) {
            var batch = names.subList(from, Math.min(names.size(), from + BATCH));
            var owners = owners(members.get(0), batch);
            for (int i = 0; i < batch.size(); i++) {
                shards.computeIfAbsent(owners.get(i), owner -> new ArrayList<>())
                        .add(Bytes.utf8(batch.get(i)));
            }
        }
        return new Keys(
                shards.values().stream().filter(keys -> keys.size() >= 2).toList());
    }

    private static List<String> owners(Member node, List<String> keys) {
        var answer = OperationAnswer.ask(List.of(node), "owner", keys, PATIENCE).get(node);
        if (answer instanceof OperationAnswer.NotOffered) {
            return keys.stream().map(key -> "all").toList();
        }
        if (answer instanceof OperationAnswer.Done done && done.rows().size() == keys.size()) {
            return done.rows().stream()
                    .map(row -> String.valueOf(row.get("participant")))
                    .toList();
        }
        throw new Failure(Exit.UNHEALTHY, node.id() + " does not tell whose keys are whose: " + answer);
    }

    /** Whether there are keys for it. */
    boolean serve(Work work) {
        return work != Work.TWO_SHARDS || shards.size() > 1;
    }

    /** What a client asks next. */
    List<Bytes> request(Work work, int client, RandomGenerator random) {
        int shard = random.nextInt(shards.size());
        return switch (work) {
            case SINGLE_KEY -> List.of(SET, own(shard, client, 0), VALUE);
            case ONE_SHARD -> pair(own(shard, client, 0), own(shard, client, 1));
            case TWO_SHARDS -> pair(own(shard, client, 0), own(another(shard, random), client, 0));
            case CONTENDED -> contended(random);
        };
    }

    private int another(int shard, RandomGenerator random) {
        return (shard + 1 + random.nextInt(shards.size() - 1)) % shards.size();
    }

    private Bytes own(int shard, int client, int number) {
        var keys = shards.get(shard);
        return keys.get((2 * client + number) % keys.size());
    }

    private List<Bytes> contended(RandomGenerator random) {
        var keys = contended();
        int first = random.nextInt(CONTENDED);
        return pair(keys.get(first), keys.get((first + 1 + random.nextInt(CONTENDED - 1)) % CONTENDED));
    }

    /** Three keys, of as many shards as there are. */
    private List<Bytes> contended() {
        var firsts = shards.stream().map(keys -> keys.get(0));
        var rest = shards.stream().flatMap(keys -> keys.stream().skip(1));
        return Stream.concat(firsts, rest).limit(CONTENDED).toList();
    }

    private static List<Bytes> pair(Bytes one, Bytes other) {
        return List.of(MSET, one, VALUE, other, VALUE);
    }
}
