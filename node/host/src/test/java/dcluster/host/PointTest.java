package dcluster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.host.Point.Event;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointTest {
    @Test
    void aPointIsReadAsItIsWritten() {
        for (var text :
                new String[] {"sends Prepare 2", "sent Decision 1", "receives Vote 3", "durable Decided 1", "answers 1"
                }) {
            assertThat(Point.parse(text)).hasToString(text);
        }
        assertThat(Point.parse(" journals  Decided ")).isEqualTo(new Point(Event.JOURNALS, "Decided", 1));
        assertThat(Point.parse("event 17")).isEqualTo(new Point(Event.EVENT, "", 17));
    }

    @Test
    void whatIsNoPointIsRefusedWithWhatWouldBeOne() {
        Map.of(
                        "dies Prepare",
                                "no point begins with 'dies', but with sends, sent, receives, journals, durable",
                        "sends", "a point 'sends' wants the type of a message",
                        "durable 2", "a point 'durable' wants the type of a record",
                        "answers Vote 1", "a point 'answers' has no type, as 'answers 1'",
                        "sends Prepare two", "'two' is no number",
                        "sends Prepare 2 3", "more than three words",
                        "sends Prepare 0", "the first of a point is 1, not 0",
                        "sends Prepare 99999999999", "from 1 to 2147483647")
                .forEach((text, why) -> assertThatThrownBy(() -> Point.parse(text))
                        .as(text)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(why));
    }
}
