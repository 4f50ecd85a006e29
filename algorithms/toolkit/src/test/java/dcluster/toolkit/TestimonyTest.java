package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestimonyTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final NodeId N4 = new NodeId("n4");

    private final Testimony testimony = Testimony.majorityOf(List.of(N1, N2, N3));

    @Test
    void marksOnlyGrow() {
        var marks = Marks.NONE.with(N2, 4).with(N1, 2);
        assertThat(marks.with(N2, 3)).isEqualTo(marks);
        assertThat(marks.with(N2, 5)).isEqualTo(new Marks(Map.of(N1, 2L, N2, 5L)));
        assertThat(marks.and(Marks.NONE.with(N3, 7).with(N1, 9))).isEqualTo(new Marks(Map.of(N1, 9L, N2, 4L, N3, 7L)));
        assertThat(marks.and(Marks.NONE)).isEqualTo(marks);
    }

    @Test
    void whatWasSaidBeforeTheMarkedIncarnationIsVoid() {
        var marks = Marks.NONE.with(N2, 4);
        assertThat(marks.isVoid(N2, 3)).isTrue();
        assertThat(marks.isVoid(N2, 4)).isFalse();
        assertThat(marks.isVoid(N1, 1)).isFalse();
        assertThat(marks.has(N2, 4)).isTrue();
        assertThat(marks.has(N2, 5)).isFalse();
        assertThat(marks.has(N1, 1)).isFalse();
    }

    @Test
    void aMajorityIsReachedByAsManyVotersHoweverOftenEachSpeaks() {
        testimony.add(N1, 1, Marks.NONE);
        testimony.add(N1, 1, Marks.NONE);
        testimony.add(N4, 1, Marks.NONE);
        assertThat(testimony.count()).isEqualTo(1);
        assertThat(testimony.reached()).isFalse();
        testimony.add(N3, 2, Marks.NONE);
        assertThat(testimony.reached()).isTrue();
    }

    @Test
    void whoeverWasWipedSinceItSpokeDoesNotCountWhicheverOfTheTwoSpokeFirst() {
        var marked = Marks.NONE.with(N1, 3);
        testimony.add(N1, 2, Marks.NONE);
        testimony.add(N2, 1, marked);
        assertThat(testimony.has(N1)).isFalse();
        assertThat(testimony.reached()).isFalse();

        var other = Testimony.majorityOf(List.of(N1, N2, N3));
        other.add(N2, 1, marked);
        other.add(N1, 2, Marks.NONE);
        assertThat(other.reached()).isFalse();
        assertThat(other.marks()).isEqualTo(marked);
    }

    @Test
    void whoeverSpeaksAgainSinceItWasWipedCounts() {
        testimony.add(N2, 1, Marks.NONE.with(N1, 3));
        testimony.add(N1, 3, Marks.NONE);
        assertThat(testimony.reached()).isTrue();
        testimony.add(N1, 2, Marks.NONE);
        assertThat(testimony.reached()).as("an old word, late").isTrue();
    }
}
