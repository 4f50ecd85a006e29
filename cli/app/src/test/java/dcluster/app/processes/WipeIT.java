package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes whose data is given up. */
class WipeIT {
    @RegisterExtension
    static final Clusters CLUSTERS = new Clusters();

    @Test
    void membersOfAnAlgorithmThatCannotTellWhatTheyHadPromisedAreNotWipedWhateverIsAsked() {
        var cluster = CLUSTERS.start("bank", "-a", "two-phase-commit", "-n", "2");
        for (var member : new String[] {"n1", "coordinator"}) {
            for (var more : new String[] {"--yes", "--force"}) {
                assertThat(cluster.run("wipe", member, more).exits(64).err())
                        .contains(member
                                + " is not wiped: two-phase-commit cannot tell what a wiped member had promised");
            }
        }
        assertThat(cluster.member("n1").data()).isNotEmptyDirectory();
        cluster.run("status").exits(0);
    }
}
