package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordFileTest {
    sealed interface Shape {}

    sealed interface Round extends Shape {}

    record Circle(long radius) implements Round {}

    record Square(long side, boolean filled) implements Shape {}

    record Picture(String name, List<Shape> shapes, Optional<Long> width) {}

    record Wait(long nanos, long byNanos, long nanoseconds) {}

    private static Picture read(String text) {
        return RecordFile.read(new ClusterText("p.yaml", text), Picture.class, "a picture");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var picture = new Picture("p", List.of(new Circle(3), new Square(2, true)), Optional.of(7L));
        assertThat(read(RecordFile.write(picture))).isEqualTo(picture);
    }

    @Test
    void casesOfASealedInterfaceWithinAnotherAreItsOwn() {
        assertThat(read("name: p\nshapes: [{circle: 3}]\n").shapes()).containsExactly(new Circle(3));
    }

    @Test
    void whatCountsNanosecondsIsADuration() {
        var text = "for: 1500ms\nby: -2s\nnanoseconds: 3\n";
        var wait = new Wait(1_500_000_000L, -2_000_000_000L, 3);
        assertThat(RecordFile.read(new ClusterText("w.yaml", text), Wait.class, "a wait"))
                .isEqualTo(wait);
        assertThat(RecordFile.write(wait)).isEqualTo(text);
        assertThatThrownBy(() ->
                        RecordFile.read(new ClusterText("w.yaml", text.replace("-2s", "2")), Wait.class, "a wait"))
                .hasMessage("w.yaml:2:5: by is a duration such as 500us, 150ms or -2s, not '2'");
    }

    @Test
    void allThatIsWrongIsToldWithItsPlace() {
        assertThatThrownBy(() -> read("nam: p\nshapes:\n  - {cirle: 3}\n  - {square: {side: x, filled: true}}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("p.yaml:1:1: unknown key 'nam' for a picture; did you mean 'name'?")
                .hasMessageContaining("p.yaml:3:6: an element of shapes is ")
                .hasMessageContaining("did you mean 'circle'?")
                .hasMessageContaining("p.yaml:4:21: side is a whole number, not 'x'");
    }
}
