package dcluster.paxos;

import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.toolkit.testing.Seeds;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an acceptor remembers of many instances; the rules of one are in {@link PaxosMadeSimpleTest}. */
class VowsTest {
    private final Vows vows = new Vows();

    @Test
    void aPromiseIsNeverTakenBack() {
        vows.promise(ballot(2, "n1"));
        assertThatThrownBy(() -> vows.promise(ballot(1, "n3")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a promise is never taken back");
        assertThat(vows.promised()).isEqualTo(ballot(2, "n1"));
    }

    @Test
    void nothingIsAcceptedBelowThePromise() {
        vows.promise(ballot(2, "n1"));
        assertThatThrownBy(() -> vows.accept(1, new Proposal(ballot(1, "n3"), A)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a proposal is accepted below the promise");
        assertThat(vows.accepted(1)).isNull();
    }

    @Test
    void aPromiseCoversAllInstances() {
        vows.accept(7, new Proposal(ballot(2, "n1"), A));
        assertThat(vows.mayAccept(ballot(1, "n2"))).isFalse();
        assertThat(vows.promised()).isEqualTo(ballot(2, "n1"));
    }

    @Test
    void whatIsLearnedBindsNoPromiseAndIsReplacedByNothing() {
        vows.learn(3, A);
        assertThat(vows.promised()).isNull();
        vows.accept(3, new Proposal(ballot(9, "n1"), A));
        assertThat(vows.accepted(3)).isEqualTo(new Proposal(Ballot.CHOSEN, A));
    }

    @Test
    void acceptedValuesAreToldFromAnInstanceOnInTheirOrder() {
        vows.accept(4, new Proposal(ballot(1, "n1"), A));
        vows.accept(2, new Proposal(ballot(1, "n1"), B));
        vows.accept(9, new Proposal(ballot(2, "n1"), A));
        assertThat(vows.acceptedFrom(3))
                .containsExactly(
                        new Placed(4, new Proposal(ballot(1, "n1"), A)),
                        new Placed(9, new Proposal(ballot(2, "n1"), A)));
        vows.removeThrough(4);
        assertThat(vows.acceptedFrom(1)).extracting(Placed::slot).containsExactly(9L);
        assertThat(vows.last()).isEqualTo(9);
        vows.removeThrough(12);
        assertThat(vows.last()).isEqualTo(12);
        assertThat(vows.acceptedFrom(1)).isEmpty();
    }

    @Test
    void eachChangeIsCounted() {
        long before = vows.changes();
        vows.promise(ballot(1, "n1"));
        assertThat(vows.changes()).isGreaterThan(before);
        before = vows.changes();
        vows.accept(1, new Proposal(ballot(1, "n1"), A));
        assertThat(vows.changes()).isGreaterThan(before);
        before = vows.changes();
        vows.learn(1, A);
        assertThat(vows.changes()).isGreaterThan(before);
    }

    @Test
    void itsSizeIsThatOfWhatItHolds() {
        Seeds.check(40, random -> {
            var some = new Vows();
            var model = new TreeMap<Long, Value>();
            long floor = 0;
            for (int round = 1; round <= 200; round++) {
                long slot = floor + 1 + random.nextInt(30);
                if (random.nextInt(4) == 0) {
                    some.removeThrough(slot);
                    model.headMap(slot, true).clear();
                    floor = slot;
                } else {
                    var value = random.nextBoolean() ? Single.put("a", "x".repeat(random.nextInt(9))) : Single.NO_OP;
                    some.accept(slot, new Proposal(ballot(round, "n1"), value));
                    model.put(slot, value);
                }
                assertThat(some.bytes())
                        .isEqualTo(
                                model.values().stream().mapToLong(Value::bytes).sum());
                assertThat(some.acceptedFrom(1).size()).isEqualTo(model.size());
            }
        });
    }
}
