package dcluster.abd;

import static dcluster.abd.Rig.N1;
import static dcluster.abd.Rig.N2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagTest {
    @Test
    void theNumberDecidesThenTheWriterThenItsLife() {
        var ordered = List.of(Tag.NONE, new Tag(1, N1, 1), new Tag(1, N1, 2), new Tag(1, N2, 1), new Tag(2, N1, 1));
        assertThat(ordered).isSortedAccordingTo(Tag::compareTo).doesNotHaveDuplicates();
        assertThat(ordered.get(3).isAbove(ordered.get(2))).isTrue();
        assertThat(ordered.get(2).isAbove(ordered.get(2))).isFalse();
    }

    @Test
    void nothingCountsBelowZero() {
        assertThatThrownBy(() -> new Tag(-1, N1, 1)).hasMessage("a tag counts from 0: sequence=-1 incarnation=1");
        assertThatThrownBy(() -> new Tag(1, N1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
