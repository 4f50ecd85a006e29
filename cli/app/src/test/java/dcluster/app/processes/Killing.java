package dcluster.app.processes;

import java.util.Random;

/** kill -9 of nodes while a load goes on, and what must be there afterwards. */
record Killing(TestCluster cluster, Load load, Random random) {
    static Killing of(TestCluster cluster, Load load) {
        return new Killing(cluster, load, new Random(Seed.VALUE));
    }

    /** Each node in turn, while the others go on. */
    void eachInTurn() {
        try (load) {
            for (var victim : cluster.nodes()) {
                load.awaitProgress(50 + random.nextInt(200));
                cluster.kill(victim);
                load.awaitProgress(100);
                cluster.restart(victim);
            }
            requireIntact();
        }
    }

    /** All nodes at one moment, so many times. */
    void allAtOnce(int rounds) {
        try (load) {
            for (int round = 0; round < rounds; round++) {
                load.awaitProgress(100 + random.nextInt(300));
                var all = cluster.nodes().toArray(TestNode[]::new);
                cluster.kill(all);
                cluster.restart(all);
            }
            load.awaitProgress(100);
            requireIntact();
        }
    }

    private void requireIntact() {
        cluster.awaitHealth();
        load.end();
        System.err.println(load);
        load.verify(cluster);
    }
}
